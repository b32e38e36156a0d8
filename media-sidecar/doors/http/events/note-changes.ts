import type { CallBook } from '../../../book/call-book.ts';
import type { EventStream, ListenEvent } from '../../../events/event-stream.ts';
import type { PolicyStore } from '../../../policy/policy-store.ts';
import type { Notices } from './notices.ts';

export interface NoteParts {
  readonly book: CallBook;
  readonly events: EventStream<ListenEvent>;
  readonly store: Pick<PolicyStore, 'subscribe'>;
}

/** Notes what happens to calls, listens and the policy. Returns what ends it. */
export const noteChanges = (notices: Notices, { book, events, store }: NoteParts): (() => void) => {
  const ends = [
    book.subscribe((change) => {
      const parties = 'party' in change ? [...change.call.parties, change.party] : change.call.parties;
      const people = parties.flatMap(({ user }) => user ?? []);
      if (people.length > 0) notices.add({ kind: 'call', people });
    }),
    events.subscribe((event) => {
      if (event.kind === 'refused') return;
      const { id, callId, listener, target, at } = event;
      const ended = event.kind === 'ended' ? event.reason : undefined;
      notices.add({ kind: 'listen', id, callId, listener, target, ended, at });
    }),
    store.subscribe(() => notices.add({ kind: 'policy' })),
  ];
  return () => {
    for (const end of ends) end();
  };
};
