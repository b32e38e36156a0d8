import { beforeEach, describe, expect, it } from 'vitest';
import { answered, customer, deleted, meta, noon, offered, talking } from './book.fixture.ts';
import { pickUp, ring, scenario, toAnna } from './scenario.fixture.ts';

let { acme, book, changes, list, profileOf, take, who } = scenario();

beforeEach(() => {
  ({ acme, book, changes, list, profileOf, take, who } = scenario());
});

describe('a call', () => {
  it('rings, is answered and ends', () => {
    take([ring]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee undefined anna']);
    expect(book.call('c1')).toMatchObject({ startedAt: noon, answeredAt: undefined });
    take([pickUp]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
    expect(book.callsOf('acme/acme', 'anna')).toEqual([book.call('c1')]);
    take([deleted(noon + 9000, 'b')]);
    expect(changes).toEqual(['started', 'answered', 'ended']);
    expect(book.size).toBe(0);
    expect(book.callsOf('acme/acme', 'anna')).toEqual([]);
  });

  it.each([
    ['the caller’s early media, then the answer', [answered(noon + 1000, 'a', 'b')], []],
    [
      'hold and resume by the caller',
      [offered(noon + 4000, 'a', { toTag: 'b' }), answered(noon + 4001, 'a', 'b')],
      [],
    ],
    [
      'a re-INVITE by the callee whose script swaps label and metadata',
      [
        offered(noon + 4000, 'b', { label: 'caller', metadata: meta('+4681', customer) }),
        answered(noon + 4001, 'b', 'a', { label: 'callee', metadata: meta('+4681', customer) }),
      ],
      [],
    ],
    [
      'a re-INVITE by the callee whose script has but one of them right',
      [answered(noon + 4001, 'b', 'a', { label: 'callee', metadata: meta('+4681', 'gw77') })],
      [],
    ],
  ])('keeps its parties through %s', (_, events, expected) => {
    take([ring, pickUp]);
    changes.length = 0;
    take(events);
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
    expect(changes).toEqual(expected);
  });

  it('is the agent’s once the queue’s answer names the agent', () => {
    take([
      offered(noon, 'a', { metadata: meta(customer, 'queue') }),
      answered(noon + 5000, 'a', 'b', { metadata: meta(customer, '+4682') }),
    ]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee b bo']);
  });

  it('belongs to nobody known when several rang and no answer says whose it was', () => {
    take([
      offered(noon, 'a', { metadata: toAnna, viaBranch: 'z0' }),
      offered(noon, 'a', { metadata: meta(customer, '+4682'), viaBranch: 'z1' }),
      answered(noon + 3000, 'a', 'b'),
    ]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee b ']);
  });

  it('needs no metadata to be a call, but nobody in it is known', () => {
    take([offered(noon, 'a'), answered(noon + 1, 'a', 'b')]);
    expect(who()).toEqual(['caller a ', 'callee b ']);
    expect(profileOf('callee')).toBe('unknown');
  });
});

describe('a transfer inside the call', () => {
  beforeEach(() => {
    take([ring, pickUp]);
    changes.length = 0;
  });

  it('of the agent: Anna leaves, Bo joins', () => {
    take([
      offered(noon + 5000, 'a', { viaBranch: 'z5' }),
      answered(noon + 6000, 'a', 'c', { label: 'callee', metadata: meta(customer, '+4682') }),
    ]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee c bo']);
    expect(changes).toEqual(['partyLeft b', 'partyJoined c']);
    expect(take([deleted(noon + 6001, 'b')])).toEqual(['confirm']);
    expect(who()).toEqual([`caller a ${customer}`, 'callee c bo']);
  });

  it('of the customer: Anna stays', () => {
    take([
      offered(noon + 5000, 'd', { label: 'caller' }),
      answered(noon + 6000, 'd', 'b', { metadata: meta('+46700000002', '+4681') }),
    ]);
    expect(who()).toEqual(['caller d +46700000002', 'callee b anna']);
    expect(changes).toEqual(['partyLeft a', 'partyJoined d']);
  });

  it('to a leg nobody names: a stranger joined', () => {
    take([answered(noon + 6000, 'a', 'c')]);
    expect(who()).toEqual([`caller a ${customer}`, 'callee c ']);
  });

  it('with the old leg gone before the new one answers: the same call, with the profile of its start (R4)', () => {
    acme.switch('anna', 'Lunch', noon + 4000);
    take([
      offered(noon + 5000, 'a'),
      deleted(noon + 5500, 'b'),
      answered(noon + 6000, 'a', 'c', { metadata: toAnna }),
    ]);
    expect(changes).toEqual(['ended', 'started', 'answered']);
    expect(profileOf('callee')).toBe('Inne');
  });
});

describe('a delete', () => {
  it.each([
    ['of the caller, ringing', [ring], deleted(noon + 1, 'a'), 'applied', 0],
    ['without from-tag', [ring, pickUp], deleted(noon + 4000, undefined), 'applied', 0],
    ['of both tags', [ring, pickUp], deleted(noon + 4000, 'a', { toTag: 'b' }), 'applied', 0],
    [
      'by an unknown branch falls back to the tag',
      [ring, pickUp],
      deleted(noon + 4000, 'b', { viaBranch: 'bye' }),
      'applied',
      0,
    ],
    ['of a tag nobody knows', [ring, pickUp], deleted(noon + 4000, 'z'), 'confirm', 1],
  ])('%s', (_, before, event, outcome, size) => {
    take(before);
    expect(take([event])).toEqual([outcome]);
    expect(book.size).toBe(size);
  });

  it('of a branch that rings ends that branch, and the call with the last', () => {
    const branch = (viaBranch: string) => ({ metadata: toAnna, viaBranch });
    take([offered(noon, 'a', branch('z0')), offered(noon, 'a', branch('z1'))]);
    expect(take([deleted(noon + 1, 'a', { viaBranch: 'z1' })])).toEqual(['confirm']);
    expect(take([deleted(noon + 2, 'a', { viaBranch: 'z0' })])).toEqual(['applied']);
    expect(book.size).toBe(0);
  });

  it('of a losing branch does not touch the answered one', () => {
    const branch = (viaBranch: string) => ({ metadata: toAnna, viaBranch });
    take([
      offered(noon, 'a', branch('z0')),
      offered(noon, 'a', branch('z1')),
      answered(noon + 1, 'a', 'b', branch('z0')),
    ]);
    expect(take([deleted(noon + 2, 'a', { viaBranch: 'z1' })])).toEqual(['confirm']);
    expect(book.size).toBe(1);
    expect(take([deleted(noon + 3, 'a', { viaBranch: 'z0' })])).toEqual(['applied']);
    expect(book.size).toBe(0);
  });

  it('with a delete-delay: the call stays listed and does not come back', () => {
    take([ring, pickUp, deleted(noon + 4000, 'a')]);
    expect(book.knows('c1')).toBe(true);
    for (const minutes of [1, 2, 3]) {
      list(noon + minutes * 60_000, [['c1', talking(noon, 'a', 'b', toAnna)]]);
      expect(book.size).toBe(0);
    }
    list(noon + 300_000, [], []);
    expect(book.knows('c1')).toBe(false);
  });
});

it('a full book keeps no more calls, and refuses none of those it has', () => {
  for (const callId of ['1', '2', '3', '4']) take([offered(noon, 'a', { callId, metadata: toAnna })]);
  expect([book.size, book.full, book.refused]).toEqual([3, true, 1]);
  expect(book.call('4')).toBeUndefined();
  expect(take([answered(noon + 5, 'a', 'b', { callId: '4' })])).toEqual(['applied']);
  take([deleted(noon + 6, 'a', { callId: '1' }), offered(noon + 7, 'a', { callId: '5' })]);
  expect(book.call('5')).toBeDefined();
});
