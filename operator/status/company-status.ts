import {
  type Company,
  type CompanyStatus,
  conditionsOf,
  domainTaken,
  type Finding,
  observed,
  readyFinding,
} from '@medlyssning/policy';
import { type Enforcement, enforcedFinding } from './enforced.ts';

/** What the operator knows of a company besides what compile() says. */
export interface CompanyView {
  readonly company: Company;
  /** As compiled; `undefined` where it was not, and then what the status says stays. */
  readonly compiled: CompanyStatus | undefined;
  /** Its domains that others claim too. */
  readonly taken: readonly string[];
  readonly paused: boolean;
  /** Why the Company cannot be read. */
  readonly flaw?: string | undefined;
  /** Why its policies could not be written. */
  readonly problem?: string | undefined;
  readonly enforcement: Enforcement;
  /** Whether the admission policies that guard rights are there. */
  readonly guarded: Finding;
}

/** Status of a company: counts, how far the newest policy has come, and `Ready`, `Enforced`, `Guarded`. */
export const companyStatus = (view: CompanyView, now: Date): CompanyStatus => {
  const { company, compiled, enforcement } = view;
  const { users, licensed, mayListen, seats, shards } = compiled ?? company.status ?? {};
  return {
    ...observed(company),
    ...(users !== undefined && { users }),
    ...(licensed !== undefined && { licensed }),
    ...(mayListen !== undefined && { mayListen }),
    ...(seats !== undefined && { seats }),
    ...(shards !== undefined && { shards }),
    nodes: { ...enforcement },
    conditions: conditionsOf(
      company,
      [readiness(view), enforcedFinding(enforcement, company.spec?.mediaPool ?? 'default'), view.guarded],
      now,
    ),
  };
};

const readiness = ({ taken, paused, flaw, problem }: CompanyView): Finding => {
  if (paused) {
    const message =
      'Paused by the annotation medlyssning.dev/paused: what was in force stays in force, and nothing that is changed or taken away takes effect.';
    return { type: 'Ready', holds: 'unknown', reason: 'Paused', message };
  }
  const problems = [
    ...(flaw === undefined
      ? []
      : [{ reason: 'Unreadable', message: `${flaw} Until then nobody listens here.` }]),
    ...(problem === undefined ? [] : [{ reason: 'PolicyNotWritten', message: problem }]),
    ...(taken.length === 0 ? [] : [domainTaken(taken)]),
  ];
  return readyFinding(problems, 'The policy is compiled.');
};
