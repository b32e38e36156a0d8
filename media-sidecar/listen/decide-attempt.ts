import { randomUUID } from 'node:crypto';
import { type AdmissionReason, decide, type Verdict } from '@medlyssning/policy';
import type { Logger } from 'pino';
import { askedIn, attemptRecord } from '../audit/attempt-record.ts';
import type { AttemptRecord, AuditLog } from '../audit/audit-log.ts';
import type { Asked } from '../events/event-stream.ts';
import type { LineRegistry } from '../registry/line-registry.ts';
import { addVerdict } from '../telemetry/add-verdict.ts';
import { stepSpan } from '../telemetry/step-span.ts';
import type { Question } from './ask.ts';
import { type Facts, gather, type Knowledge } from './gather.ts';
import { type Identity, identityOf } from './identify.ts';
import { Listen } from './listen.ts';
import type { OpenListens } from './open-listens.ts';
import { undecided } from './undecided.ts';

/** What a decision stands on. */
export interface DecideParts {
  readonly node: string;
  readonly know: Knowledge;
  /** Brings the book up to date where it may be behind; false where the call engine cannot say. */
  readonly catchUp: () => Promise<boolean>;
  readonly audit: AuditLog;
  readonly log: Logger;
}

type Admission =
  | {
      readonly kind: 'admitted';
      readonly reason: 'Allowed';
      readonly listen: Listen;
      readonly verdict: Verdict;
    }
  | { readonly kind: 'refused'; readonly reason: AdmissionReason; readonly verdict: Verdict };

/** An attempt with its decision, on its way into the record. */
export type DecidedAttempt = Admission & {
  readonly id: string;
  readonly language: 'sv' | 'en';
  /** `undefined` where the company of the one who asks is not known. */
  readonly asked: Asked | undefined;
  /** Settles once the attempt's record is on stable storage, or cannot be written. */
  readonly recorded: Promise<void>;
};

export type AdmittedAttempt = Extract<DecidedAttempt, { kind: 'admitted' }>;

/**
 * Decides one attempt and begins its record. One that is admitted has its line from here on, and is among the open listens. A fault of
 * ours on the way is a refusal, and on record as one.
 * @param hasMedia the listener offers, or will offer, media that can be answered
 */
export const decideAttempt = (
  parts: DecideParts,
  open: OpenListens,
  question: Question,
  hasMedia: boolean,
): Promise<DecidedAttempt> =>
  stepSpan('decide', async (span) => {
    const { audit, catchUp, log } = parts;
    const id = randomUUID();
    // where it cannot be known which calls there are, neither can whose line is free (R11)
    const bookIsTrue = await catchUp().catch((error) => {
      log.error({ err: error, id }, 'it could not be found out which calls there are');
      return false;
    });
    const { record, language, ...admission } = decideAndClaim(
      parts,
      open,
      id,
      question,
      bookIsTrue && hasMedia,
    );
    addVerdict(span, id, admission.reason, admission.verdict);
    return { ...admission, id, asked: askedIn(record), recorded: audit.append(record), language };
  });

type Decided = Admission & Pick<DecidedAttempt, 'language'> & { readonly record: AttemptRecord };

/**
 * Gathers, decides and takes the line in one turn, so nothing in here may be awaited: two asks at once cannot both find it free
 * (R11). The line comes last: whatever fails before, it is not taken.
 */
const decideAndClaim = (
  { node, know, log }: DecideParts,
  open: OpenListens,
  id: string,
  question: Question,
  isPossible: boolean,
): Decided => {
  let identity: Identity | undefined;
  const decided = <A extends Admission>(facts: Facts, admission: A) => ({
    ...admission,
    record: attemptRecord(node, id, facts, question, admission),
    language: facts.input.company?.language ?? 'en',
  });
  try {
    identity = identityOf(know.index, question);
    const facts = gather(know, identity, question);
    const admitted = decided(facts, admit(open, id, facts, isPossible));
    if (admitted.kind === 'admitted') takeLine(know.registry, open, admitted.listen);
    return admitted;
  } catch (error) {
    log.error({ err: error, id }, 'an attempt could not be decided');
    const { facts, reason, verdict } = undecided(identity, know.now());
    return decided(facts, { kind: 'refused', reason, verdict });
  }
};

const admit = (open: OpenListens, id: string, facts: Facts, isPossible: boolean): Admission => {
  const verdict = decide(facts.input);
  const refused = (reason: AdmissionReason) => ({ kind: 'refused', reason, verdict }) as const;
  const { subject } = facts;
  if (verdict.kind === 'refused') return refused(verdict.reason);
  if (open.draining) return refused('Draining');
  if (!isPossible) return refused('MediaFailed');
  // an answered call whose target has no tag yet: the call engine has not said which leg it is
  if (subject?.party.tag === undefined) return refused('TargetNotInCall');
  const listen = new Listen(id, facts, subject, subject.party.tag);
  return { kind: 'admitted', reason: 'Allowed', listen, verdict };
};

const takeLine = (registry: LineRegistry, open: OpenListens, listen: Listen): void => {
  const claim = registry.claim(listen.listener, listen.callId);
  listen.undo.defer(() => claim.release());
  open.add(listen);
};
