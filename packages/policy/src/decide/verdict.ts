import type { AdmissionReason } from '../reasons.ts';

/** Ids of rules.md; `-` for what no single rule asks (company enabled, policy fresh, limits). */
export type RuleId = 'R1' | 'R2' | 'R4' | 'R7' | 'R8' | 'R9' | 'R10' | 'R11' | '-';

/** One rule's outcome. `notAsked`: a rule before it failed in such a way that this one has nothing to look at. */
export interface RuleOutcome {
  readonly rule: RuleId;
  /** The reason this rule refuses with. */
  readonly reason: AdmissionReason;
  readonly outcome: 'passed' | 'failed' | 'notAsked';
  /** The field that decided, for people and audit: `Entitlement.spec.users`, `Profile.spec.allowListening`, … */
  readonly field: string;
}

/** The answer: the first failed rule in the order of rules.md gives the reason, so no answer leaks more than it may. */
export interface Verdict {
  readonly kind: 'allowed' | 'refused';
  readonly reason: AdmissionReason;
  /** Every rule in the order of rules.md. */
  readonly rules: readonly RuleOutcome[];
  /** Shard revisions the verdict rests on, listener's then target's. */
  readonly revisions: readonly string[];
}
