import type { AdmissionReason, Company, User } from '@medlyssning/policy';
import { printable } from '../print/printable.ts';
import { nameOf, type Origin } from '../source/origin.ts';
import type { Facts } from './gather-facts.ts';
import type { Compiled } from './in-force.ts';

export interface WarningsOf {
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
}: WarningsOf): readonly string[] => [
  ...(inForce === undefined || inForce === decided ? [] : [notInForce(inForce, origin)]),
  ...unreadWarnings(origin),
  ...[...new Set([company, facts.listener, facts.target, facts.otherEnd])].flatMap((object) =>
    object === undefined ? [] : notReady(object, compiled),
  ),
];

const notInForce = (inForce: AdmissionReason, { written = [] }: Origin): string =>
  written.length === 0
    ? `Media nodes answer ${inForce}: the operator has written no ForkPolicy here. Is it running?`
    : `Media nodes answer ${inForce} still: the operator has not compiled these objects yet, or cannot. Is it running?`;

/** Objects with a mistake count for nothing. */
export const unreadWarnings = ({ unread }: Origin): readonly string[] =>
  unread.map((problem) => `Counts for nothing: ${printable(problem)}`);

const notReady = (object: Company | User, { statuses }: Compiled): readonly string[] => {
  const ready = statuses.get(nameOf(object))?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'False'
    ? [`${nameOf(object)} is not Ready (${ready.reason}): ${printable(ready.message)}`]
    : [];
};
