import type { AdmissionReason, Company, User } from '@medlyssning/policy';
import { printable } from '../print/printable.ts';
import { nameOf, type Origin } from '../source/origin.ts';
import type { Grounds } from '../texts/grounds.ts';
import type { Facts } from './gather-facts.ts';
import type { Compiled } from './in-force.ts';

export interface WarningsOf {
  readonly words: Grounds;
  readonly facts: Facts;
  /** The listener's. */
  readonly company: Company | undefined;
  readonly origin: Origin;
  readonly compiled: Compiled;
  readonly decided: AdmissionReason;
  /** What the policy that the operator has written says; `undefined` for a folder. */
  readonly inForce: AdmissionReason | undefined;
}

/** What somebody who wonders about a decision should know besides. */
export const warningsOf = ({
  facts,
  company,
  origin,
  compiled,
  decided,
  inForce,
  words,
}: WarningsOf): readonly string[] => [
  ...(inForce === undefined || inForce === decided ? [] : [notInForce(inForce, origin, words)]),
  ...unreadWarnings(origin, words),
  ...[...new Set([company, facts.listener, facts.target, facts.otherEnd])].flatMap((object) =>
    object === undefined ? [] : notReady(object, compiled, words),
  ),
];

const notInForce = (inForce: AdmissionReason, { written = [] }: Origin, words: Grounds): string =>
  written.length === 0 ? words.nothingWritten(inForce) : words.notCompiled(inForce);

/** Objects with a mistake count for nothing. */
export const unreadWarnings = ({ unread }: Pick<Origin, 'unread'>, words: Grounds): readonly string[] =>
  unread.map((problem) => words.countsForNothing(printable(problem)));

const notReady = (object: Company | User, { statuses }: Compiled, words: Grounds): readonly string[] => {
  const ready = statuses.get(nameOf(object))?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'False'
    ? [words.notReady(nameOf(object), ready.reason, printable(ready.message))]
    : [];
};
