import { type AdmissionReason, decide, type ForkPolicy } from '@medlyssning/policy';
import { beforeEach, describe, expect, it } from 'vitest';
import { answered, offered } from '../book/book.fixture.ts';
import { CallBook } from '../book/call-book.ts';
import { ActiveProfiles } from '../policy/active-profiles.ts';
import { examplePolicies } from '../policy/example-policies.fixture.ts';
import { PolicyStore } from '../policy/policy-store.ts';
import { storePartyDirectory } from '../policy/store-party-directory.ts';
import { MemoryLineRegistry } from '../registry/memory-line-registry.ts';
import { gather } from './gather.ts';
import { identify } from './identify.ts';

const [acme] = await examplePolicies('acme');
if (!acme) throw new Error('examples/acme compiles to nothing');
const allowing = { profiles: [{ name: 'inne', allowListening: true }], activeProfile: { name: 'inne' } };
const people = acme.spec.users.map((user) => (user.name === 'bo' ? user : { ...user, ...allowing }));

/** Bo, whose profile forbids listening, is in a ForkPolicy of his own. */
const shard = (
  index: 0 | 1,
  internalCalls: ForkPolicy['spec']['company']['listening']['internalCalls'],
): ForkPolicy => ({
  ...acme,
  metadata: { ...acme.metadata, name: `acme-${index}-of-2` },
  spec: {
    ...acme.spec,
    revision: internalCalls,
    shard: { index, count: 2 },
    company: { ...acme.spec.company, listening: { ...acme.spec.company.listening, internalCalls } },
    users: people.filter(({ name }) => (name === 'bo') === (index === 1)),
  },
});
const customer = '+46701111111';
const numbers = { anna: '0846500403', karin: '0846500401' };
const bo = people.find(({ name }) => name === 'bo')?.fixedNumber;

let store: PolicyStore;
let book: CallBook;
let now: number;

beforeEach(() => {
  now = Date.UTC(2026, 2, 2, 10);
  store = new PolicyStore(() => now);
  store.confirm();
  for (const index of [0, 1] as const) store.apply(shard(index, 'Both'));
  book = new CallBook({
    directory: storePartyDirectory({ index: store.index, profiles: new ActiveProfiles(), store }),
    clock: () => now,
  });
});

/** The policy of these can be read again. */
const read = (policy: ForkPolicy): void => {
  store.apply(policy);
  book.recognise();
};

/** A call to this colleague, answered at once. */
const answeredCall = (caller: string | undefined, callee: 'anna' | 'karin') => {
  now += 1;
  const metadata = { domain: 'acme.example', caller, callee: numbers[callee] };
  const callId = `call-${now}`;
  book.apply(offered(now, 'caller', { callId, label: 'caller', metadata }));
  book.apply(answered(now, 'caller', callee, { callId, label: 'callee', metadata }));
};
/** Anna is called; of several calls the last answered is the one she talks in. */
const callFrom = (caller: string | undefined) => answeredCall(caller, 'anna');
/** Karin asks to hear Anna. */
const asked = (): AdmissionReason => {
  const know = {
    index: store.index,
    policyAgeMs: () => 0,
    book,
    registry: new MemoryLineRegistry(),
    now: () => now,
  };
  const claim = {
    identities: ['sip:karin-desk@acme.example'],
    device: 'karin-desk',
    accessNetwork: undefined,
  };
  const question = { claim, dialled: () => numbers.anna };
  return decide(gather(know, identify(store.index, claim), question).input).reason;
};

describe('the other end of a call, where both colleagues are asked (R4)', () => {
  it('is asked where it is a colleague, and not where it is a customer', () => {
    callFrom(bo);
    expect(asked()).toBe('ProfileForbids');
    callFrom(customer);
    expect(asked()).toBe('Allowed');
  });

  it('may be a colleague whose policy cannot be read, also once it can be read again', () => {
    store.withhold('acme', 'acme-1-of-2');
    callFrom(bo);
    expect(asked()).toBe('ProfileAtStartUnknown');
    read(shard(1, 'Both'));
    expect(asked()).toBe('ProfileAtStartUnknown');
  });

  it('is the customer it was when the call began, whatever cannot be read since', () => {
    callFrom(customer);
    store.withhold('acme', 'acme-1-of-2');
    expect(asked()).toBe('Allowed');
  });

  it('is no matter of what another company cannot read, nor where the target alone is asked', () => {
    store.withhold('beta', 'beta-0-of-1');
    callFrom(customer);
    expect(asked()).toBe('Allowed');
    store.withhold('acme', 'acme-1-of-2');
    store.apply(shard(0, 'Target'));
    callFrom(bo);
    expect(asked()).toBe('Allowed');
  });
});

describe('one who was in a call while their policy could not be read', () => {
  it('has no line free for listening, once it can be read again (R11)', () => {
    store.withhold('acme', 'acme-0-of-2');
    answeredCall(customer, 'karin');
    read(shard(0, 'Both'));
    callFrom(customer);
    expect(asked()).toBe('ListenerLineBusy');
  });

  it('is known, but not in which profile the call found them, whatever is said later in it (R4)', () => {
    store.withhold('acme', 'acme-0-of-2');
    callFrom(customer);
    expect(asked()).toBe('ListenerUnknown');
    read(shard(0, 'Both'));
    expect(asked()).toBe('ProfileAtStartUnknown');
    const metadata = { domain: 'acme.example', caller: customer, callee: numbers.anna };
    const resumed = { callId: `call-${now}`, toTag: 'anna', label: 'caller', metadata };
    book.apply(offered(now + 1, 'caller', resumed));
    expect(asked()).toBe('ProfileAtStartUnknown');
  });
});
