import type { CompanyPolicy, DecideInput, PolicyIndex, TargetCall, UserRow } from '@medlyssning/policy';
import type { Call, Party } from '../book/call.ts';
import type { CallBook } from '../book/call-book.ts';
import type { LineRegistry } from '../registry/line-registry.ts';
import type { Question } from './ask.ts';
import type { Identity } from './identify.ts';

/** What a decision looks at, where it comes from. */
export interface Knowledge {
  readonly index: PolicyIndex;
  /** How long ago the source last confirmed this company's policy, ms. */
  readonly policyAgeMs: (company: string) => number;
  readonly book: CallBook;
  readonly registry: LineRegistry;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** The facts of one attempt: the input of `decide()`, and the call and party they speak of. */
export interface Facts {
  readonly identity: Identity;
  readonly input: DecideInput;
  readonly subject: { readonly call: Call; readonly party: Party } | undefined;
}

/** The call in which this user talks; with several, the one answered last. A phone that only rings is no call. */
const talkingIn = (book: CallBook, user: UserRow): Facts['subject'] => {
  let found: Facts['subject'];
  for (const call of book.callsOf(user.company, user.name)) {
    const party = call.parties.find((p) => p.user?.company === user.company && p.user.name === user.name);
    if (!party || call.answeredAt === undefined) continue;
    if (!found || call.answeredAt > (found.call.answeredAt ?? 0)) found = { call, party };
  }
  return found;
};

/** Was this stranger met while not all of the company's people were known? @param company `namespace/name` */
const mayBeOf = ({ mayBeOf }: Party, company: string | undefined): boolean => {
  const [namespace] = company?.split('/') ?? [];
  return namespace !== undefined && mayBeOf?.has(namespace) === true;
};

/**
 * The other party, where a colleague (R4, `internalCalls`). One whom the policy no longer has is still a colleague, and
 * one of whom nobody can say who it is may be: nothing says then that listening is allowed.
 */
export const otherColleague = (
  index: PolicyIndex,
  subject: NonNullable<Facts['subject']>,
): TargetCall['otherColleague'] => {
  const other = subject.call.parties.find((p) => p !== subject.party);
  const company = subject.party.user?.company;
  if (!other || other.address === '' || mayBeOf(other, company))
    return { user: undefined, profile: { kind: 'unknown' } };
  if (!other.user || other.user.company !== company) return undefined;
  return { user: index.userByName(other.user.company, other.user.name), profile: other.profileAtStart };
};

const targetCall = (know: Knowledge, subject: NonNullable<Facts['subject']>): TargetCall => {
  const colleague = otherColleague(know.index, subject);
  return {
    callId: subject.call.callId,
    targetProfile: subject.party.profileAtStart,
    ...(colleague && { otherColleague: colleague }),
    listeners: know.registry.listenersOn(subject.call.callId),
  };
};

/** Calls that take up the listener's line (R11): as caller from the offer on, as callee once answered. */
const linesInUse = (book: CallBook, user: UserRow): number =>
  book
    .callsOf(user.company, user.name)
    .filter(
      (call) =>
        call.answeredAt !== undefined ||
        call.parties.some(
          (p) => p.role === 'caller' && p.user?.name === user.name && p.user.company === user.company,
        ),
    ).length;

/** What takes up this listener's line now (R11). */
export const lineOf = (
  { book, registry }: Pick<Knowledge, 'book' | 'registry'>,
  listener: UserRow,
): DecideInput['line'] => ({ calls: linesInUse(book, listener), listens: registry.listensOf(listener) });

/** Whom they want to hear, looked for in their own company alone (R10). */
const targetOf = (index: PolicyIndex, company: CompanyPolicy, question: Question): UserRow | undefined => {
  if ('target' in question) return index.userByName(company.key, question.target);
  const dialled = question.dialled(company.listening.featureCode);
  return dialled ? index.personByDialled(company.key, dialled) : undefined;
};

/** Gathers, in one turn, all that `decide()` looks at for this attempt of theirs. */
export const gather = (know: Knowledge, identity: Identity, question: Question): Facts => {
  const { company } = identity;
  return gatherOn(know, identity, company && targetOf(know.index, company, question));
};

/** The same for a listener and a target who are known already. @param target of the listener's own company (R10) */
export const gatherOn = (know: Knowledge, identity: Identity, target: UserRow | undefined): Facts => {
  const { company, listener, device } = identity;
  const subject = target && talkingIn(know.book, target);
  const input: DecideInput = {
    now: know.now(),
    company,
    policyAgeMs: company ? know.policyAgeMs(company.key) : 0,
    listener,
    device,
    target,
    call: subject && targetCall(know, subject),
    line: listener ? lineOf(know, listener) : { calls: 0, listens: 0 },
  };
  return { identity, input, subject };
};
