import type { CallEvent } from '../observe/call-event.ts';
import type { CallDescription, Leg } from '../observe/query-to-call.ts';
import type { PartyDirectory } from './party-directory.ts';

type Profile = NonNullable<ReturnType<PartyDirectory['whoIs']>>['profile'];

/** When the tests play, ms since the epoch. */
export const noon = Date.UTC(2026, 0, 1, 12);

/** Acme's people by their addresses; the profile of each can be switched. */
export class Acme implements PartyDirectory {
  partlyKnown: ReadonlySet<string> = new Set();
  readonly #people: Readonly<Record<string, string>> = {
    '+4681': 'anna',
    'anna@acme.example': 'anna',
    '+4682': 'bo',
    '+4683': 'karin',
  };
  readonly #profiles = new Map<string, Profile>();

  switch(user: string, name: 'Inne' | 'Lunch' | 'Kundtjänst', since: number): void {
    this.#profiles.set(user, { name, since, allowed: name === 'Inne' });
  }

  whoIs(address: string, domain: string | undefined) {
    const user = domain === 'acme.example' ? this.#people[address] : undefined;
    if (user === undefined) return undefined;
    const always: Profile = { name: 'Inne', since: Number.NEGATIVE_INFINITY, allowed: true };
    return { company: 'acme/acme', user, profile: this.#profiles.get(user) ?? always };
  }
}

export const customer = '+46700000001';
export const meta = (caller: string | undefined, callee: string | undefined) => ({
  domain: 'acme.example',
  caller,
  callee,
});

/** The same, while the call only rings. */
export const early = (metadata: ReturnType<typeof meta>) => ({ ...metadata, state: 'early' }) as const;

interface Extra {
  readonly callId?: string;
  readonly label?: string;
  readonly metadata?: CallEvent['metadata'];
  readonly viaBranch?: string;
}

const common = (at: number, extra: Extra) => ({
  callId: 'c1',
  label: undefined,
  viaBranch: undefined,
  metadata: undefined,
  at,
  doneAt: at + 1,
  ...extra,
});

export const offered = (at: number, fromTag: string, extra: Extra & { toTag?: string } = {}): CallEvent => ({
  toTag: undefined,
  ...common(at, extra),
  kind: 'offered',
  fromTag,
});

export const answered = (at: number, fromTag: string, toTag: string, extra: Extra = {}): CallEvent => ({
  ...common(at, extra),
  kind: 'answered',
  fromTag,
  toTag,
});

export const deleted = (
  at: number,
  fromTag: string | undefined,
  extra: Extra & { toTag?: string } = {},
): CallEvent => ({ toTag: undefined, ...common(at, extra), kind: 'deleted', fromTag });

/** A call as `describeCall` would give it: these two talk. */
export const talking = (
  createdAt: number,
  caller: string,
  callee: string,
  metadata: CallEvent['metadata'],
  labels: readonly [string | undefined, string | undefined] = ['caller', 'callee'],
): CallDescription => {
  const leg = (tag: string, label: string | undefined, other: string): Leg => {
    return { tag, label, metadata, present: true, talksWith: [other] };
  };
  const legs = [leg(caller, labels[0], callee), leg(callee, labels[1], caller)];
  return { createdAt, metadata, legs, subscriptionsLabelled: () => [] };
};
