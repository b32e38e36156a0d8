import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LeaseSpec, mayTake, observe, released, taken } from './lease-record.ts';

const wallTime = new Date('2026-11-24T12:00:00.123Z');
const held: LeaseSpec = {
  holderIdentity: 'a',
  leaseDurationSeconds: 15,
  acquireTime: '2026-11-24T11:00:00.000000Z',
  renewTime: '2026-11-24T11:59:59.000000Z',
  leaseTransitions: 3,
};

describe('a Lease’s record', () => {
  it.each<[string, LeaseSpec | undefined, number, boolean]>([
    ['that does not exist is free', undefined, 0, true],
    ['without a holder is free', { leaseTransitions: 1 }, 0, true],
    ['given back is free', released(held, wallTime), 0, true],
    ['of one’s own may be renewed', { ...held, holderIdentity: 'b' }, 0, true],
    ['of another just seen is not free', held, 0, false],
    ['of another not renewed for its duration is not free a moment before', held, 14_999, false],
    ['of another not renewed for its duration is free', held, 15_000, true],
    ['that promises longer is believed', { ...held, leaseDurationSeconds: 60 }, 15_000, false],
    ['without a duration gets our own', { holderIdentity: 'a' }, 15_000, true],
  ])('%s', (_, spec, age, expected) => {
    expect(mayTake({ spec, since: 1000 }, 'b', 1000 + age, 15_000)).toBe(expected);
  });

  it('counts as renewed when it changed, by the time of the one who looks', () => {
    const seen = observe(undefined, held, 5000);
    expect(observe(seen, { ...held }, 9000)).toBe(seen);
    const renewTime = '1999-01-01T00:00:00.000000Z';
    expect(observe(seen, { ...held, renewTime }, 9000).since).toBe(9000);
    expect(observe(seen, undefined, 9000).since).toBe(9000);
  });

  it('is taken from another with a transition, and renewed without', () => {
    const time = '2026-11-24T12:00:00.123000Z';
    expect(taken(undefined, 'b', wallTime, 15_000)).toEqual({
      holderIdentity: 'b',
      leaseDurationSeconds: 15,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: 0,
    });
    expect(taken(held, 'b', wallTime, 15_000)).toMatchObject({
      holderIdentity: 'b',
      acquireTime: time,
      leaseTransitions: 4,
    });
    expect(taken(held, 'a', wallTime, 15_000)).toEqual({ ...held, renewTime: time });
  });

  it('never lets another take what was renewed less than its duration ago, whatever the times in it say', () => {
    const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    fc.assert(
      fc.property(time, time, fc.nat(14_999), (acquireTime, renewTime, age) => {
        const seen = observe(undefined, { ...held, acquireTime, renewTime }, 0);
        expect(mayTake(seen, 'b', age, 15_000)).toBe(false);
      }),
    );
  });
});
