import {
  type AdmissionReason,
  decide,
  explainVerdict,
  type Language,
  type PolicyIndex,
  type RuleOutcome,
  reasonText,
  ruleQuestion,
  shown,
  type Verdict,
} from '@medlyssning/policy';
import type { Origin } from '../source/origin.ts';
import { grounds } from '../texts/grounds.ts';
import { type About, companyOf, type Evidence, personName } from './about.ts';
import { type Asked, type Facts, gatherFacts } from './gather-facts.ts';
import { timeText } from './ground/call.ts';
import { findGround } from './ground/find-ground.ts';
import { compileOrigin, writtenIndex } from './in-force.ts';
import type { Supposed } from './supposed.ts';
import { warningsOf } from './warnings.ts';

/** One rule, what it asked, and what decided it. */
export interface ExplainedRule {
  readonly rule: RuleOutcome['rule'];
  /** The reason it refuses with. */
  readonly reason: AdmissionReason;
  readonly outcome: RuleOutcome['outcome'];
  /** A sentence that is true where the rule passed. */
  readonly question: string;
  readonly evidence: readonly Evidence[];
  readonly toDo?: string;
}

/** A decision and its grounds: what `-o json` prints. */
export interface Explanation {
  readonly verdict: Verdict['kind'];
  readonly reason: AdmissionReason;
  /** The answer as a sentence, and the reason as another. */
  readonly answer: string;
  readonly text: string;
  readonly listener: { readonly name: string; readonly displayName: string };
  readonly target: { readonly name: string; readonly displayName: string };
  /** `undefined`: not known. */
  readonly device: { readonly name: string; readonly kind: string } | undefined;
  readonly at: string;
  /** Absent where a running sidecar was asked, which knows. */
  readonly supposed?: Supposed;
  /** The sidecar that was asked. */
  readonly asked?: string;
  readonly rules: readonly ExplainedRule[];
  /** What does not decide this, and may explain what somebody sees. */
  readonly warnings: readonly string[];
}

export interface ExplainOptions {
  readonly namespace: string | undefined;
  readonly language: Language;
}

/** Decides as a media node would by these objects, and says of each rule which field of which object decided it. */
export const explain = (
  asked: Asked,
  origin: Origin,
  { namespace, language }: ExplainOptions,
): Explanation => {
  const compiled = compileOrigin(origin, asked.at);
  const facts = gatherFacts(asked, { ...compiled, namespace });
  const verdict = decide(facts.input);
  const names = {
    listener: personName(facts.listener, asked.listener),
    target: personName(facts.target, asked.target),
  };
  const words = grounds[language];
  const company = facts.listener && companyOf(origin, facts.listener);
  const rules = verdict.rules.map((outcome): ExplainedRule => {
    const about: About = { asked, facts, origin, compiled, outcome, company, words };
    const { rule, reason } = outcome;
    return {
      rule,
      reason,
      outcome: outcome.outcome,
      question: ruleQuestion(outcome, names, language),
      ...findGround(about),
    };
  });
  const { device } = facts.input;
  return {
    verdict: verdict.kind,
    reason: verdict.reason,
    answer: explainVerdict(verdict, names, language)[0] ?? '',
    text: reasonText(verdict.reason, language),
    listener: { name: objectName(facts.listener) ?? shown(asked.listener), displayName: names.listener },
    target: { name: objectName(facts.target) ?? shown(asked.target), displayName: names.target },
    device: device.kind === 'known' ? { name: device.device.name, kind: device.device.kind } : undefined,
    at: timeText(asked.at),
    supposed: asked.supposed,
    rules,
    warnings: warningsOf({
      words,
      facts,
      company,
      origin,
      compiled,
      decided: verdict.reason,
      inForce: inForce(asked, origin, writtenIndex(origin), namespace),
    }),
  };
};

const objectName = (user: Facts['listener']): string | undefined =>
  user && `${user.metadata.namespace}/${user.metadata.name}`;

/** What the media nodes would answer, by the policy that the operator has written; `undefined` for a folder. */
const inForce = (
  asked: Asked,
  { resources }: Origin,
  index: PolicyIndex | undefined,
  namespace: string | undefined,
): AdmissionReason | undefined =>
  index && decide(gatherFacts(asked, { resources, index, namespace }).input).reason;
