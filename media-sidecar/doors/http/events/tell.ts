import type { Knowledge } from '../../../listen/gather.ts';
import { type Identity, identityOn } from '../../../listen/identify.ts';
import type { Listen } from '../../../listen/listen.ts';
import type { Person } from '../../../registry/line-registry.ts';
import { colleagueView } from '../views/colleague-view.ts';
import { listenView, mayKnow } from '../views/listen-view.ts';
import { personView, samePerson } from '../views/person-view.ts';
import type { Notice } from './notice.ts';

/** One event of the stream. */
export interface Told {
  readonly event: 'refresh' | 'colleague' | 'listen';
  readonly data: object;
}

/** Who follows. */
export interface Reader {
  readonly person: Person;
  readonly isAdministrator: boolean;
}

export interface TellParts {
  readonly know: Knowledge;
  readonly listens: () => readonly Listen[];
}

/** Everything may look different now. */
export const refresh: Told = { event: 'refresh', data: {} };

/** Who missed more than this is quicker with a page of the list; and what is told at once must fit what a reader may leave unread. */
const maxTold = 100;

type ListenNotice = Extract<Notice, { kind: 'listen' }>;

/**
 * What this reader is told of what happened: nothing of a colleague whose calls they may not know of, and nothing of listens that
 * are not theirs to know of. What is told is how it is now, so that several changes of one thing are told once.
 */
export const tell = (parts: TellParts, reader: Reader, notices: readonly Notice[]): readonly Told[] => {
  const { person } = reader;
  const own = notices.flatMap((notice) =>
    notice.kind === 'listen' ? listenTold(parts, reader, notice) : [],
  );
  if (notices.some((notice) => changesAll(notice, person))) return [...own, refresh];
  const changed = new Set(notices.flatMap((notice) => colleaguesIn(parts.know, notice, person.company)));
  if (own.length + changed.size > maxTold) return [...(own.length > maxTold ? [] : own), refresh];
  const { index } = parts.know;
  const identity = identityOn(index, index.userByName(person.company, person.name), 'browser');
  return [...own, ...[...changed].flatMap((name) => colleagueTold(parts.know, identity, name))];
};

/** Whose row may look different, by name. */
const colleaguesIn = (know: Knowledge, notice: Notice, company: string): readonly string[] => {
  if (notice.kind === 'call')
    return notice.people.filter((one) => one.company === company).map(({ name }) => name);
  const { kind } = notice;
  return kind === 'listen' && notice.target.company === company && atLimit(know, notice)
    ? [notice.target.name]
    : [];
};

/** After a change of the policy, or of the reader's own line (R11), each colleague may look different. */
const changesAll = (notice: Notice, person: Person): boolean => {
  if (notice.kind === 'policy') return true;
  if (notice.kind === 'call') return notice.people.some((one) => samePerson(one, person));
  return samePerson(notice.listener, person);
};

/** Only there does one listener more or less change what others may (R7); else it would tell them that somebody listens. */
const atLimit = ({ index, registry }: Knowledge, { target, callId, ended }: ListenNotice): boolean => {
  const most = index.company(target.company)?.listening.maxListenersPerCall ?? 0;
  return registry.listenersOn(callId) === (ended === undefined ? most : most - 1);
};

const colleagueTold = (know: Knowledge, identity: Identity, name: string): readonly Told[] => {
  const row = identity.company && know.index.userByName(identity.company.key, name);
  if (!row) return [];
  const view = colleagueView(know, identity, row);
  return view.inCall === null ? [] : [{ event: 'colleague', data: view }];
};

const listenTold = ({ know, listens }: TellParts, reader: Reader, notice: ListenNotice): readonly Told[] => {
  const { id, listener, target, ended, at } = notice;
  if (!mayKnow(reader, { listener, target, joinedAt: at })) return [];
  if (ended === undefined) {
    const listen = listens().find((one) => one.id === id);
    return listen ? [{ event: 'listen', data: listenView(know.index, listen) }] : [];
  }
  const people = { listener: personView(know.index, listener), target: personView(know.index, target) };
  return [
    {
      event: 'listen',
      data: { id, state: 'ended', ...people, reason: ended, at: new Date(at).toISOString() },
    },
  ];
};
