import { beforeEach, describe, expect, it } from 'vitest';
import { Acme, answered, customer, deleted, meta, noon, offered, talking } from './book.fixture.ts';
import type { CallChange } from './call.ts';
import { CallBook } from './call-book.ts';

let now: number;
let acme: Acme;
let book: CallBook;
let changes: string[];

const told = (change: CallChange) => ('party' in change ? `${change.kind} ${change.party.tag}` : change.kind);
const take = (events: readonly Parameters<CallBook['apply']>[0][]) =>
  events.map((event) => {
    now = event.doneAt;
    return book.apply(event);
  });
const profileOf = (role: string) => {
  const profile = book.call('c1')?.parties.find((p) => p.role === role)?.profileAtStart;
  return profile?.kind === 'known' ? profile.profile : profile?.kind;
};
const who = () => book.call('c1')?.parties.map((p) => `${p.role} ${p.tag} ${p.user?.name ?? p.address}`);
const list = (
  at: number,
  described: readonly (readonly [string, ReturnType<typeof talking> | undefined])[],
  ids = ['c1'],
) => book.reconcile({ takenAt: at, listed: new Set(ids), described: new Map(described) });

const toAnna = meta(customer, '+4681');
const ring = offered(noon, 'a', { label: 'caller', metadata: toAnna });
const pickUp = answered(noon + 3000, 'a', 'b', { label: 'callee', metadata: toAnna });

beforeEach(() => {
  now = noon;
  acme = new Acme();
  book = new CallBook({ directory: acme, clock: () => now, maxCalls: 3 });
  changes = [];
  book.subscribe((change) => changes.push(told(change)));
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

describe('the profile at the start (R4)', () => {
  it('is the one of the offer, whatever is switched later', () => {
    acme.switch('anna', 'Lunch', noon - 1);
    take([ring]);
    acme.switch('anna', 'Inne', noon + 1000);
    take([pickUp]);
    expect(profileOf('callee')).toBe('Lunch');
    list(noon + 9000, [['c1', talking(noon, 'a', 'b', toAnna)]]);
    expect(profileOf('callee')).toBe('Lunch');
  });

  it('is the one of the answer for who is named there first', () => {
    take([offered(noon, 'a', { metadata: meta(customer, 'queue') })]);
    acme.switch('bo', 'Lunch', noon + 1000);
    take([answered(noon + 5000, 'a', 'b', { metadata: meta(customer, '+4682') })]);
    expect(profileOf('callee')).toBe('Lunch');
  });

  it('is the one of the first offer, when the call is offered anew after a failure', () => {
    take([ring, deleted(noon + 2000, 'a')]);
    acme.switch('anna', 'Lunch', noon + 2500);
    take([offered(noon + 3000, 'a', { metadata: meta(customer, 'anna@acme.example') }), pickUp]);
    expect(profileOf('callee')).toBe('Inne');
  });

  it('is unknown when it was switched between the message and its reading', () => {
    acme.switch('anna', 'Inne', noon + 50);
    now = noon + 100;
    book.apply(ring);
    expect(profileOf('callee')).toBe('unknown');
  });

  it.each([
    ['well before the call', noon - 2001, 'Inne'],
    ['so shortly before that clocks could be to blame', noon - 1999, 'unknown'],
    ['after it', noon + 1, 'unknown'],
  ])('of a call found later is known only when it was switched on %s', (_, since, expected) => {
    acme.switch('anna', 'Inne', since);
    expect(list(noon + 60_000, [['c1', talking(noon, 'a', 'b', toAnna)]])).toMatchObject({ found: 1 });
    expect(who()).toEqual([`caller a ${customer}`, 'callee b anna']);
    expect(changes).toEqual(['started', 'answered']);
    expect(profileOf('callee')).toBe(expected);
  });

  it('is proven anew when it turns out that the offer seen was a re-INVITE', () => {
    acme.switch('anna', 'Inne', noon - 5000);
    take([offered(noon, 'a', { metadata: toAnna }), pickUp]);
    expect(profileOf('callee')).toBe('Inne');
    list(noon + 9000, [['c1', talking(noon - 60_000, 'a', 'b', toAnna)]]);
    expect(profileOf('callee')).toBe('unknown');
  });

  it('is not taken from an answer in a call whose start nobody saw', () => {
    acme.switch('bo', 'Inne', noon + 100);
    list(noon + 1000, [['c1', { ...talking(noon, 'a', 'b', undefined), legs: [] }]]);
    expect(book.size).toBe(0);
    expect(take([answered(noon + 2000, 'a', 'b', { metadata: meta(customer, '+4682') })])).toEqual([
      'confirm',
    ]);
    list(noon + 3000, [['c1', talking(noon, 'a', 'b', meta(customer, '+4682'))]]);
    expect(profileOf('callee')).toBe('unknown');
  });
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

it('a full book keeps no more calls, and refuses none of those it has', () => {
  for (const callId of ['1', '2', '3', '4']) take([offered(noon, 'a', { callId, metadata: toAnna })]);
  expect([book.size, book.full, book.refused]).toEqual([3, true, 1]);
  expect(book.call('4')).toBeUndefined();
  expect(take([answered(noon + 5, 'a', 'b', { callId: '4' })])).toEqual(['applied']);
  take([deleted(noon + 6, 'a', { callId: '1' }), offered(noon + 7, 'a', { callId: '5' })]);
  expect(book.call('5')).toBeDefined();
});
