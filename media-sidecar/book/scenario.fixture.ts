import type { CallEvent } from '../observe/call-event.ts';
import type { CallDescription } from '../observe/query-to-call.ts';
import { Acme, answered, customer, meta, noon, offered } from './book.fixture.ts';
import type { CallChange } from './call.ts';
import { CallBook } from './call-book.ts';

export const toAnna = meta(customer, '+4681');
/** A customer's call to Anna rings. */
export const ring = offered(noon, 'a', { label: 'caller', metadata: toAnna });
/** Anna answers it. */
export const pickUp = answered(noon + 3000, 'a', 'b', { label: 'callee', metadata: toAnna });

const told = (change: CallChange) => ('party' in change ? `${change.kind} ${change.party.tag}` : change.kind);

/** A book of at most three calls, what its subscribers were told, and questions about the call `c1`. */
export const scenario = () => {
  const clock = { now: noon };
  const acme = new Acme();
  const book = new CallBook({ directory: acme, clock: () => clock.now, maxCalls: 3 });
  const changes: string[] = [];
  book.subscribe((change) => changes.push(told(change)));
  return {
    clock,
    acme,
    book,
    changes,
    /** Events, each read the moment it is done. */
    take: (events: readonly CallEvent[]) =>
      events.map((event) => {
        clock.now = event.doneAt;
        return book.apply(event);
      }),
    who: () => book.call('c1')?.parties.map((p) => `${p.role} ${p.tag} ${p.user?.name ?? p.address}`),
    profileOf: (role: string) => {
      const profile = book.call('c1')?.parties.find((p) => p.role === role)?.profileAtStart;
      return profile?.kind === 'known' ? profile.profile : profile?.kind;
    },
    list: (
      at: number,
      described: readonly (readonly [string, CallDescription | undefined])[],
      ids: readonly string[] = ['c1'],
    ) => book.reconcile({ takenAt: at, listed: new Set(ids), described: new Map(described) }),
  };
};
