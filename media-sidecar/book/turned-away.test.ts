import { describe, expect, it } from 'vitest';
import { Acme, customer, meta, noon, offered, talking } from './book.fixture.ts';
import { CallBook } from './call-book.ts';
import { TurnedAway } from './turned-away.ts';

const toAnna = meta(customer, '+4681');
const offer = (at: number, callId: string) => offered(at, 'a', { callId, metadata: toAnna });

describe('a call for which there was no room', () => {
  it('is not taken to begin when it is heard of again: its profile at the start has to be proven (R4)', () => {
    let now = noon;
    const acme = new Acme();
    const book = new CallBook({ directory: acme, clock: () => now, maxCalls: 1 });
    book.apply(offer(now, 'first'));
    book.apply(offer(now, 'second'));
    expect(book.size).toBe(1);
    now += 10;
    acme.switch('anna', 'Kundtjänst', now);
    book.reconcile({ takenAt: now, listed: new Set(['second']), described: new Map() });
    now += 10;
    expect(book.apply(offer(now, 'second'))).toBe('confirm');
    expect(book.call('second')).toBeUndefined();
  });

  it('is not taken to have begun when the call engine made it anew (R4)', () => {
    let now = noon;
    const acme = new Acme();
    const book = new CallBook({ directory: acme, clock: () => now, maxCalls: 1 });
    book.apply(offer(now, 'first'));
    book.apply(offer(now, 'second'));
    now += 10;
    acme.switch('anna', 'Kundtjänst', now);
    now += 10_000;
    const described = new Map([['second', talking(now - 5_000, 'a', 'b', toAnna)]]);
    book.reconcile({ takenAt: now, listed: new Set(['second']), described: new Map() });
    book.reconcile({ takenAt: now, listed: new Set(['second']), described });
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
