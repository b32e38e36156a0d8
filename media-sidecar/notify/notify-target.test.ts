import type { SipEndpoint } from '@medlyssning/sip-tcp';
import { pino } from 'pino';
import { IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EventStream, type ListenEvent } from '../events/event-stream.ts';
import { exampleIndex } from '../policy/example-index.fixture.ts';
import { notifyTarget } from './notify-target.ts';

interface Sent {
  readonly to: string;
  readonly text: string;
  answer(status: number): void;
  fail(error: Error): void;
}

const person = (name: string) => ({ company: 'acme/acme', name });
const names = { karin: 'Karin Ek', sven: 'Sven Lund' };
const event = (
  kind: 'joined' | 'ended',
  listener: keyof typeof names,
  target = 'anna',
  listenerName: string = names[listener],
): ListenEvent => {
  const of = { at: 1, id: `${listener}-on-${target}`, callId: 'call-1' };
  const who = { listener: person(listener), listenerName, target: person(target) };
  return kind === 'joined'
    ? { ...of, ...who, kind, askedAt: 0 }
    : { ...of, ...who, kind, reason: 'ListenerHungUp' };
};

let events: EventStream<ListenEvent>;
let sent: Sent[];
let logged: string[];
let stop: () => void;

beforeEach(async () => {
  events = new EventStream((error) => {
    throw error;
  });
  sent = [];
  logged = [];
  const request: SipEndpoint['request'] = (_, { to, body }) => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingResponseMessage>();
    sent.push({
      to,
      text: body?.content ?? '',
      answer: (statusCode) => resolve(Object.assign(new IncomingResponseMessage(), { statusCode })),
      fail: reject,
    });
    return promise;
  };
  stop = notifyTarget({
    events,
    index: await exampleIndex(),
    endpoint: { request },
    log: pino({}, { write: (line: string) => void logged.push(line) }),
  });
});

const text = (n: number) => sent[n]?.text;
const messages = (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count));

describe('the one listened to', () => {
  it('is told who listens, at the number the PBX knows them by, and when nobody does any more', async () => {
    events.emit(event('joined', 'karin'));
    await messages(1);
    sent[0]?.answer(200);
    events.emit(event('ended', 'karin'));
    await messages(2);
    expect(sent.map(({ to, text }) => [to, text])).toEqual([
      ['sip:+46846500403@acme.example', 'Karin Ek lyssnar på ditt samtal.'],
      ['sip:+46846500403@acme.example', 'Ingen lyssnar längre på ditt samtal.'],
    ]);
  });

  it('reads the truth last: one message after the other, each with all who listen then', async () => {
    events.emit(event('joined', 'karin'));
    events.emit(event('joined', 'sven'));
    events.emit(event('ended', 'karin'));
    await messages(1);
    expect(sent).toHaveLength(1);
    sent[0]?.answer(200);
    await messages(2);
    expect(text(1)).toBe('Karin Ek och Sven Lund lyssnar på ditt samtal.');
    sent[1]?.answer(200);
    await messages(3);
    expect(text(2)).toBe('Sven Lund lyssnar på ditt samtal.');
  });

  it('does not wait for what another one’s phone says', async () => {
    events.emit(event('joined', 'karin'));
    events.emit(event('joined', 'sven', 'eva'));
    await messages(2);
    expect(sent.map(({ to }) => to)).toEqual([
      'sip:+46846500403@acme.example',
      'sip:+46846500406@acme.example',
    ]);
  });

  it('is told nothing of attempts that were refused', async () => {
    events.emit({ kind: 'refused', at: 1, id: 'a', reason: 'ProfileForbids' });
    events.emit(event('joined', 'karin'));
    await messages(1);
    expect(text(0)).toBe('Karin Ek lyssnar på ditt samtal.');
  });

  it('reads a name in one line: it cannot pass for a second message', async () => {
    const name = '"Karin"\r\nIngen lyssnar längre på ditt samtal.\0';
    events.emit(event('joined', 'karin', 'anna', name));
    await messages(1);
    expect(text(0)).toBe('"Karin" Ingen lyssnar längre på ditt samtal. lyssnar på ditt samtal.');
  });
});

describe('a message that cannot be delivered', () => {
  it.each([
    [
      'refused',
      (message: Sent) => message.answer(480),
      /"status":480.*"the target was not told who listens"/,
    ],
    ['lost', (message: Sent) => message.fail(new Error('no connection')), /no connection.*was not told/],
  ])('is logged when %s, without a number, and the next one is sent', async (_, fail, line) => {
    events.emit(event('joined', 'karin'));
    events.emit(event('ended', 'karin'));
    await messages(1);
    if (sent[0]) fail(sent[0]);
    await messages(2);
    expect(logged.join()).toMatch(line);
    expect(logged.join()).not.toMatch(/46846500403|Karin/);
  });

  it('is logged too where there is nobody to send it to', async () => {
    events.emit(event('joined', 'karin', 'nobody'));
    await vi.waitFor(() => expect(logged.join()).toContain('no number to send a message to'));
    expect(sent).toEqual([]);
  });
});

it('sends nothing once unsubscribed', async () => {
  stop();
  events.emit(event('joined', 'karin'));
  await Promise.resolve();
  expect(sent).toEqual([]);
});
