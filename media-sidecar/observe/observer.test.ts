import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeMessage, type NgArguments, NgError, type QueryAnswer } from 'rtpengine-ng-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Acme, customer } from '../book/book.fixture.ts';
import { CallBook } from '../book/call-book.ts';
import { hepPacket } from './hep.fixture.ts';
import { Observer } from './observer.ts';

const metadata = `domain:acme.example|caller:${customer}|callee:+4681`;

/** A call engine as far as the observer asks it. */
class Engine {
  readonly calls = new Map<string, QueryAnswer>();
  down = false;
  queries = 0;

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
    const call = this.calls.get(callId);
    if (!call) throw new NgError('EngineRefused', 'Unknown call-id', { command: 'query', callId });
    return call;
  };
}

let engine: Engine;
let book: CallBook;
let observer: Observer;
let problems: unknown[];
let cookies = 0;

const start = async (source?: ConstructorParameters<typeof Observer>[0]['source']) => {
  observer = new Observer({
    engine,
    book,
    clock: Date.now,
    source: source ?? { kind: 'mirror', host: '127.0.0.1', port: 0, resyncMs: 200 },
    onProblem: (error) => problems.push(error),
  });
  await observer.start();
};

/** Connects as rtpengine does and waits until the observer has listed the calls for it. */
const connectMirror = async (): Promise<Socket> => {
  const connections = (observer.hep?.connections ?? 0) + 1;
  const socket = connect(observer.port ?? 0, '127.0.0.1');
  await vi.waitFor(() =>
    expect([observer.hep?.connections, observer.mirrorState]).toEqual([connections, 'up']),
  );
  return socket;
};

const mirrored = (body: NgArguments, at = Date.now(), result: NgArguments = { result: 'ok' }): Buffer => {
  const cookie = `k${cookies++}`;
  return Buffer.concat([
    hepPacket({ from: 5000, to: 2223, at, payload: encodeMessage(cookie, body) }),
    hepPacket({ from: 2223, to: 5000, at: at + 0.4, payload: encodeMessage(cookie, result) }),
  ]);
};
const offer = (callId: string) => ({
  command: 'offer',
  'call-id': callId,
  'from-tag': 'a',
  label: 'caller',
  metadata,
});
const answer = (callId: string) => ({ ...offer(callId), command: 'answer', 'to-tag': 'b', label: 'callee' });
const bye = (callId: string, tag = 'a') => ({ command: 'delete', 'call-id': callId, 'from-tag': tag });

beforeEach(() => {
  engine = new Engine();
  book = new CallBook({ directory: new Acme(), clock: Date.now });
  problems = [];
});
afterEach(() => observer.close());

describe('Observer', () => {
  it('finds at its start the calls that were there before', async () => {
    for (let i = 0; i < 200; i += 1) engine.put(`c${i}`);
    await start();
    expect(book.size).toBe(200);
    expect(book.call('c7')?.parties[1]).toMatchObject({
      user: { name: 'anna' },
      profileAtStart: { kind: 'known' },
    });
    expect([observer.synced, observer.mirrorState]).toEqual([true, 'down']);
  });

  it('follows the mirror', async () => {
    await start();
    const mirror = await connectMirror();
    engine.put('c1', Date.now() / 1000);
    mirror.write(Buffer.concat([mirrored(offer('c1')), mirrored(answer('c1'))]));
    await vi.waitFor(() => expect(book.call('c1')?.answeredAt).toBeDefined());
    expect(observer.mirrorState).toBe('up');
    engine.calls.clear();
    mirror.write(mirrored(bye('c1')));
    await vi.waitFor(() => expect(book.size).toBe(0));
    expect(observer.counters).toMatchObject({ foundByRelist: 0, endedByRelist: 0, stale: 0 });
    mirror.destroy();
  });

  it('drops what the mirror kept from before the listing', async () => {
    await start();
    const socket = connect(observer.port ?? 0, '127.0.0.1');
    socket.write(
      Buffer.concat([mirrored(offer('old'), Date.now() - 20_000), mirrored(offer('new'), Date.now() + 50)]),
    );
    await vi.waitFor(() => expect(observer.counters.stale).toBe(1));
    await vi.waitFor(() => expect(book.call('new')).toBeDefined());
    expect(book.call('old')).toBeUndefined();
    socket.destroy();
  });

  it('goes on by listing while the mirror is cut, and with the mirror when it is back', async () => {
    await start();
    const mirror = await connectMirror();
    mirror.destroy();
    await vi.waitFor(() => expect(observer.mirrorState).toBe('down'));
    engine.put('c1');
    await vi.waitFor(() => expect(book.call('c1')).toBeDefined(), { timeout: 3000 });
    expect(observer.counters.foundByRelist).toBe(0);
    const again = await connectMirror();
    engine.calls.clear();
    again.write(mirrored(bye('c1', 'b')));
    await vi.waitFor(() => expect(book.size).toBe(0));
    again.destroy();
  });

  it('counts what a healthy mirror did not show', async () => {
    await start();
    const mirror = await connectMirror();
    engine.put('c1');
    await vi.waitFor(() => expect(observer.counters.foundByRelist).toBe(1));
    engine.calls.clear();
    await vi.waitFor(() => expect(observer.counters.endedByRelist).toBe(1));
    expect(book.size).toBe(0);
    mirror.destroy();
  });

  it('looks at a call where an event does not tell enough', async () => {
    await start();
    const mirror = await connectMirror();
    engine.put('c1');
    mirror.write(mirrored(answer('c1')));
    await vi.waitFor(() => expect(book.call('c1')).toBeDefined());
    engine.calls.clear();
    mirror.write(mirrored(bye('c1', 'some-other-leg')));
    await vi.waitFor(() => expect(book.size).toBe(0));
    expect(observer.counters.confirmations).toBe(2);
    mirror.destroy();
  });

  it('is not in sync while the engine does not answer, keeps its calls, and is again afterwards', async () => {
    engine.put('c1');
    await start();
    engine.down = true;
    await vi.waitFor(() => expect(observer.synced).toBe(false), { timeout: 3000 });
    expect(problems[0]).toBeInstanceOf(NgError);
    expect(book.size).toBe(1);
    engine.down = false;
    engine.calls.clear();
    await vi.waitFor(() => expect(observer.synced).toBe(true), { timeout: 3000 });
    expect(book.size).toBe(0);
  });

  it('polls an engine that has no mirror', async () => {
    await start({ kind: 'poll', intervalMs: 20 });
    engine.put('c1');
    await vi.waitFor(() => expect(book.call('c1')).toBeDefined());
    engine.calls.clear();
    await vi.waitFor(() => expect(book.size).toBe(0));
    expect(observer.mirrorState).toBe('none');
  });

  it('survives what is no HEP, and takes the newest connection for the engine', async () => {
    await start();
    const first = await connectMirror();
    const closed = once(first, 'close');
    const second = await connectMirror();
    await closed;
    expect(observer.mirrorState).toBe('up');
    second.write('GET / HTTP/1.1\r\n\r\n');
    await once(second, 'close');
    expect(observer.hep).toMatchObject({ connections: 2, malformed: 1 });
    expect(observer.mirrorState).toBe('down');
  });
});
