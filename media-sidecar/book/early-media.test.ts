import { beforeEach, describe, expect, it } from 'vitest';
import { answered, customer, deleted, early, meta, noon, offered, talking } from './book.fixture.ts';
import { pickUp, scenario, toAnna } from './scenario.fixture.ts';

// A 183 with SDP, as the PSTN sends for its ringing tones, is an ng `answer` like that of a 200.
const ring = offered(noon, 'a', { label: 'caller', metadata: early(toAnna) });
const progress = answered(noon + 1000, 'a', 'b', { label: 'callee', metadata: early(toAnna) });
/** The call engine's word after both: the caller's leg keeps what the offer said. */
const found = (callee: typeof toAnna, call = callee) => {
  const description = talking(noon, 'a', 'b', callee);
  const legs = description.legs.map((leg) =>
    leg.label === 'caller' ? { ...leg, metadata: early(toAnna) } : leg,
  );
  return { ...description, metadata: call, legs };
};

let { book, changes, list, take, who } = scenario();
beforeEach(() => {
  ({ book, changes, list, take, who } = scenario());
});
const answeredAt = () => book.call('c1')?.answeredAt;

describe('early media', () => {
  it('names the parties, and is no answer', () => {
    take([ring, progress]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
    expect(answeredAt()).toBeUndefined();
    take([pickUp]);
    expect(answeredAt()).toBe(noon + 3000);
    expect(changes).toEqual(['started', 'updated', 'answered']);
  });

  it('of one device is followed by the answer of another', () => {
    take([ring, progress, answered(noon + 3000, 'a', 'c', { label: 'callee', metadata: toAnna })]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee c anna']);
    expect(answeredAt()).toBe(noon + 3000);
  });

  it('may change its media (UPDATE, PRACK) and is still no answer', () => {
    const update = offered(noon + 1500, 'a', { toTag: 'b', label: 'caller', metadata: early(toAnna) });
    take([ring, progress, update, { ...progress, at: noon + 1501, doneAt: noon + 1502 }]);
    expect(answeredAt()).toBeUndefined();
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
  });

  it('that is told of late takes no answer back', () => {
    take([ring, pickUp, { ...progress, at: noon + 3001, doneAt: noon + 3002 }]);
    expect(answeredAt()).toBe(noon + 3000);
  });

  it('ends with the call that was given up', () => {
    take([ring, progress, deleted(noon + 2000, 'a')]);
    expect(changes).toEqual(['started', 'updated', 'ended']);
  });

  it('is no answer either where only the call engine tells of it, before or after', () => {
    list(noon + 2000, [['c1', found(early(toAnna))]]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
    expect(answeredAt()).toBeUndefined();
    list(noon + 2500, [['c1', found(toAnna, early(toAnna))]]);
    expect(answeredAt()).toBeUndefined();
    list(noon + 9000, [['c1', found(toAnna)]]);
    expect(answeredAt()).toBe(noon + 9000);
    expect(changes).toEqual(['started', 'answered']);
  });

  it('whose answer the mirror did not show becomes a call with the next listing', () => {
    take([ring, progress]);
    expect(list(noon + 9000, [['c1', found(toAnna)]])).toMatchObject({ corrected: 1 });
    expect(answeredAt()).toBe(noon + 9000);
  });

  it('between legs of which nobody says who is who: one early leg is enough', () => {
    const description = found(toAnna);
    const legs = description.legs.map((leg) => ({ ...leg, label: undefined }));
    list(noon + 9000, [['c1', { ...description, metadata: meta(undefined, undefined), legs }]]);
    expect(answeredAt()).toBeUndefined();
  });
});
