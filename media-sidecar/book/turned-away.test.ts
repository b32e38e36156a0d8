import { describe, expect, it } from 'vitest';
import { Acme, customer, meta, noon, offered } from './book.fixture.ts';
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

  it('is forgotten once the call engine has it no more', () => {
    const away = new TurnedAway(2);
    away.add('a');
    away.keepListed(new Set(['b']));
    expect(away.mayHold('a')).toBe(false);
  });

  it('may be any, once there were more than could be kept', () => {
    const away = new TurnedAway(1);
    for (const callId of ['a', 'a']) away.add(callId);
    expect(away.mayHold('b')).toBe(false);
    away.add('b');
    expect([away.mayHold('b'), away.mayHold('c')]).toEqual([true, true]);
  });
});
