import { connect, type Socket } from 'node:net';
import { encodeMessage, type NgArguments, NgError, type QueryAnswer } from 'rtpengine-ng-client';
import { expect, vi } from 'vitest';
import { Acme, customer } from '../book/book.fixture.ts';
import { CallBook } from '../book/call-book.ts';
import { hepPacket } from './hep.fixture.ts';
import { Observer } from './observer.ts';

const metadata = `domain:acme.example|caller:${customer}|callee:+4681`;

/** A call engine as far as the observer asks it. */
export class Engine {
  readonly calls = new Map<string, QueryAnswer>();
  down = false;
  queries = 0;
  /** Where it mirrors what it is asked, as rtpengine does. */
  mirror: Socket | undefined;

  put(callId: string, created = Date.now() / 1000 - 60): void {
    const tag = (tag: string, label: string, other: string) => {
      const edge = [{ tag: other, type: 'offer/answer' }];
      const medias = [{ flags: [], streams: [{ flags: [], 'local port': 30_000 }] }];
      return [
        tag,
        { tag, label, metadata, 'tag-aliases': [], subscriptions: edge, subscribers: edge, medias },
      ] as const;
    };
    const tags = new Map([tag('a', 'caller', 'b'), tag('b', 'callee', 'a')]);
    this.calls.set(callId, { created: Math.floor(created), metadata, tags });
  }

  list = async () => {
    if (this.down) throw new NgError('ConnectionLost', 'The engine is away.');
    return [...this.calls.keys()];
  };

  query = async ({ callId }: { readonly callId: string }) => {
    this.queries += 1;
    if (this.down) throw new NgError('ConnectionLost', 'The engine is away.');
    const error = this.calls.has(callId) ? { result: 'ok' } : { result: 'error' };
    this.mirror?.write(mirrored({ command: 'query', 'call-id': callId }, Date.now(), error));
    const call = this.calls.get(callId);
    if (!call) throw new NgError('EngineRefused', 'Unknown call-id', { command: 'query', callId });
    return call;
  };
}

let cookies = 0;

export const mirrored = (
  body: NgArguments,
  at = Date.now(),
  result: NgArguments = { result: 'ok' },
): Buffer => {
  const cookie = `k${cookies++}`;
  return Buffer.concat([
    hepPacket({ from: 5000, to: 2223, at, payload: encodeMessage(cookie, body) }),
    hepPacket({ from: 2223, to: 5000, at: at + 0.4, payload: encodeMessage(cookie, result) }),
  ]);
};
export const offer = (callId: string) => ({
  command: 'offer',
  'call-id': callId,
  'from-tag': 'a',
  label: 'caller',
  metadata,
});
export const answer = (callId: string) => ({
  ...offer(callId),
  command: 'answer',
  'to-tag': 'b',
  label: 'callee',
});
export const bye = (callId: string, tag = 'a') => ({ command: 'delete', 'call-id': callId, 'from-tag': tag });

type Source = ConstructorParameters<typeof Observer>[0]['source'];

/** An observer of a call engine that is not real, with a mirror that is. */
export const observed = () => {
  const engine = new Engine();
  const book = new CallBook({ directory: new Acme(), clock: Date.now });
  const problems: unknown[] = [];
  const make = (source: Source) =>
    new Observer({ engine, book, clock: Date.now, source, onProblem: (error) => problems.push(error) });
  let observer = make({ kind: 'mirror', host: '127.0.0.1', port: 0, resyncMs: 200 });
  const connected = async (socket: Socket, state: 'up' | 'down' | undefined): Promise<Socket> => {
    const connections = (observer.hep?.connections ?? 0) + 1;
    socket.on('error', () => {});
    await vi.waitFor(() => {
      expect(observer.hep?.connections).toBe(connections);
      if (state) expect(observer.mirrorState).toBe(state);
    });
    return socket;
  };
  return {
    engine,
    book,
    problems,
    get observer() {
      return observer;
    },
    start: async (source?: Source): Promise<void> => {
      if (source) observer = make(source);
      await observer.start();
    },
    /** Connects as rtpengine does and waits until the observer has listed the calls for it. */
    connectMirror: (): Promise<Socket> => {
      engine.mirror = connect(observer.port ?? 0, '127.0.0.1');
      return connected(engine.mirror, 'up');
    },
    /** Somebody else on this machine does. */
    connectImpostor: (): Promise<Socket> => connected(connect(observer.port ?? 0, '127.0.0.1'), undefined),
  };
};
