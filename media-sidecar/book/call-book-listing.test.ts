import { beforeEach, describe, expect, it } from 'vitest';
import { customer, meta, noon, offered, talking } from './book.fixture.ts';
import { pickUp, ring, scenario, toAnna } from './scenario.fixture.ts';

let { book, changes, list, take, who } = scenario();

beforeEach(() => {
  ({ book, changes, list, take, who } = scenario());
});

describe('a listing', () => {
  it('ends what is gone, but nothing that was heard of since', () => {
    take([ring]);
    expect(list(noon, [], [])).toMatchObject({ ended: 0 });
    expect(list(noon + 1000, [], [])).toMatchObject({ ended: 1 });
    expect(changes).toEqual(['started', 'ended']);
  });

  it('that may be incomplete ends nothing', () => {
    take([ring]);
    book.reconcile({ takenAt: noon + 9000, listed: undefined, described: new Map() });
    expect(book.size).toBe(1);
  });

  it('shows an answer and a transfer the mirror did not', () => {
    take([ring]);
    expect(list(noon + 9000, [['c1', talking(noon, 'a', 'b', toAnna)]])).toMatchObject({ corrected: 1 });
    list(noon + 10_000, [['c1', talking(noon, 'a', 'c', meta(customer, '+4682'))]]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee c bo']);
    expect(changes).toEqual(['started', 'answered', 'partyLeft b', 'partyJoined c']);
  });

  it('ends a call whose legs no longer talk, and one the engine does not know', () => {
    take([ring, pickUp]);
    list(noon + 9000, [['c1', { ...talking(noon, 'a', 'b', toAnna), legs: [] }]]);
    expect(changes.at(-1)).toBe('ended');
    take([offered(noon + 10_000, 'a', { callId: 'c2' })]);
    list(noon + 11_000, [['c2', undefined]], ['c2']);
    expect(book.size).toBe(0);
  });

  it('that finds a call older than it was seen tells that its profiles are no longer known (R4)', () => {
    const stage = scenario();
    stage.acme.switch('anna', 'Kundtjänst', noon - 30_000);
    stage.take([ring, pickUp]);
    expect(stage.profileOf('callee')).toBe('Kundtjänst');
    stage.list(noon + 9000, [['c1', talking(noon - 60_000, 'a', 'b', toAnna)]]);
    expect([stage.profileOf('callee'), stage.changes.at(-1)]).toEqual(['unknown', 'updated']);
  });

  it('does not count where an event is newer', () => {
    take([ring, pickUp]);
    expect(list(noon + 3000, [['c1', undefined]])).toMatchObject({ ended: 0, overtaken: ['c1'] });
  });

  it.each([
    ['without labels', [undefined, undefined]],
    ['with the same label on both', ['caller', 'caller']],
  ] as const)('%s cannot say who is who', (_, labels) => {
    list(noon + 9000, [['c1', talking(noon, 'a', 'b', toAnna, labels)]]);
    expect(who()).toEqual(['caller a ', 'callee b ']);
  });
});
