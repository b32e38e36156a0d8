import { describe, expect, it } from 'vitest';
import { Acme, customer, meta, noon, offered, talking } from './book.fixture.ts';
import { CallBook } from './call-book.ts';
import { TurnedAway } from './turned-away.ts';

const toAnna = meta(customer, '+4681');
const offer = (at: number, callId: string) => offered(at, 'a', { callId, metadata: toAnna });

/** There was room for the first of two calls to Anna alone; then she switched to a profile that allows listening. */
const secondTurnedAway = () => {
  const clock = { now: noon };
  const acme = new Acme();
  const book = new CallBook({ directory: acme, clock: () => clock.now, maxCalls: 1 });
  for (const callId of ['first', 'second']) book.apply(offer(clock.now, callId));
  clock.now += 10;
  acme.switch('anna', 'Kundtjänst', clock.now);
  return { book, clock };
};

describe('a call for which there was no room', () => {
  it('is not taken to begin when it is heard of again: its profile at the start has to be proven (R4)', () => {
    const { book, clock } = secondTurnedAway();
    expect(book.size).toBe(1);
    book.reconcile({ takenAt: clock.now, listed: new Set(['second']), described: new Map() });
    clock.now += 10;
    expect(book.apply(offer(clock.now, 'second'))).toBe('confirm');
    expect(book.call('second')).toBeUndefined();
  });

  it('is not taken to have begun when the call engine made it anew (R4)', () => {
    const { book, clock } = secondTurnedAway();
    clock.now += 10_000;
    const described = new Map([['second', talking(clock.now - 5_000, 'a', 'b', toAnna)]]);
    const listed = new Set(['second']);
    book.reconcile({ takenAt: clock.now, listed, described: new Map() });
    book.reconcile({ takenAt: clock.now, listed, described });
    expect(book.call('second')?.parties[1]).toMatchObject({ profileAtStart: { kind: 'unknown' } });
  });

  it('is forgotten once the call engine has not had it for a minute', () => {
    const away = new TurnedAway(2);
    away.add('a', noon - 3_600_000, noon);
    away.keepListed(new Set(['b']), noon + 60_000);
    expect(away.startOf('a')).toBe(noon - 3_600_000);
    away.keepListed(new Set(['a']), noon + 60_001);
    away.keepListed(new Set(['b']), noon + 120_000);
    expect(away.startOf('a')).toBe(noon - 3_600_000);
    away.keepListed(new Set(['b']), noon + 120_002);
    expect(away.startOf('a')).toBeUndefined();
  });

  it('may be any, once there were more than could be kept', () => {
    const away = new TurnedAway(1);
    for (const at of [noon, noon + 1]) away.add('a', at, at);
    expect([away.startOf('a'), away.startOf('b')]).toEqual([noon, undefined]);
    away.add('b', noon + 2, noon + 3);
    expect(['a', 'b', 'c'].map((callId) => away.startOf(callId))).toEqual([noon, noon + 2, noon + 2]);
  });
});
