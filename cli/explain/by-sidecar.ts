import {
  explainVerdict,
  type Language,
  reasonText,
  ruleQuestion,
  shown,
  type Verdict,
} from '@medlyssning/policy';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Sidecar } from '../sidecar/sidecar.ts';
import { deviceSchema, personSchema, reasonSchema, text } from '../sidecar/views.ts';
import { answers } from '../texts/answers.ts';
import type { Explanation } from './explain.ts';
import { timeText } from './ground/call.ts';
import type { WhoCanListen } from './who-can-listen.ts';

const ruleSchema = z.object({
  rule: z.enum(['R1', 'R2', 'R4', 'R7', 'R8', 'R9', 'R10', 'R11', '-']),
  reason: reasonSchema,
  outcome: z.enum(['passed', 'failed', 'notAsked']),
  field: text,
});
const explainedSchema = z.object({
  listener: text,
  target: text,
  names: z.object({ listener: text, target: text }),
  device: deviceSchema.nullable(),
  allowed: z.boolean(),
  reason: reasonSchema,
  rules: z.array(ruleSchema).max(100),
});
const holdersSchema = z.object({
  target: personSchema,
  listeners: z.array(personSchema.extend({ from: z.array(text), reason: reasonSchema })),
});

export interface AskedSidecar {
  readonly listener: string;
  readonly target: string;
  readonly device: string | undefined;
  /** For machines. */
  readonly company: string | undefined;
}

/**
 * What an attempt would get now, by the word of a running sidecar: calls, lines and policy as they are there.
 * @throws Unanswered, UsageError
 */
export const explainBySidecar = async (
  { listener, target, device: on, company }: AskedSidecar,
  sidecar: Sidecar,
  language: Language,
): Promise<Explanation> => {
  const [listened, asking] = [userNamed(target), userNamed(listener)];
  const query = {
    listener: asking.user,
    target: listened.user,
    on,
    company: company ?? asking.company ?? listened.company,
  };
  const told = await sidecar.ask({ path: '/v1/explain', query }, explainedSchema);
  const { names, reason, rules } = told;
  const verdict: Verdict = { kind: told.allowed ? 'allowed' : 'refused', reason, rules, revisions: [] };
  const words = answers[language];
  return {
    verdict: verdict.kind,
    reason,
    answer: explainVerdict(verdict, names, language)[0] ?? '',
    text: reasonText(reason, language),
    listener: { name: told.listener, displayName: names.listener },
    target: { name: told.target, displayName: names.target },
    device: told.device ?? undefined,
    at: timeText(new Date()),
    asked: sidecar.name,
    rules: rules.map((rule) => ({
      rule: rule.rule,
      reason: rule.reason,
      outcome: rule.outcome,
      question: ruleQuestion(rule, names, language),
      evidence: rule.outcome === 'notAsked' ? [] : [{ object: '-', field: words.see, value: rule.field }],
    })),
    warnings: verdict.kind === 'refused' ? [words.sidecarSees] : [],
  };
};

/** Who may listen to this colleague now, by the word of a running sidecar. @throws Unanswered, UsageError */
export const whoCanListenBySidecar = async (
  named: string,
  company: string | undefined,
  sidecar: Sidecar,
): Promise<WhoCanListen> => {
  const { user, company: of } = userNamed(named);
  const query = { target: user, company: company ?? of };
  const { target, listeners } = await sidecar.ask({ path: '/v1/who-can-listen', query }, holdersSchema);
  const all = listeners.map(({ user: name, displayName, from, reason }) => ({
    name,
    displayName,
    from,
    reason,
  }));
  const rank = ({ from }: (typeof all)[number]) => (from.length > 0 ? 0 : 1);
  return {
    target: { name: target.user, displayName: target.displayName },
    listeners: all.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)),
    warnings: [],
  };
};

/** `acme/karin`: the company is said for a machine's question; a person has one. */
const userNamed = (named: string): { readonly user: string; readonly company: string | undefined } => {
  const [first = '', ...rest] = named.split('/');
  const user = rest.at(-1) ?? first;
  if (!/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(user) || rest.length > 2)
    throw new UsageError(
      `With --server, name people by the metadata.name of their User, as karin or acme/karin, and not as ${shown(named)}.`,
    );
  return { user, company: rest.length === 0 ? undefined : [first, ...rest.slice(0, -1)].join('/') };
};
