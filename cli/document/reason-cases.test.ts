import { admissionReasons } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { beyondRules, reasonCases } from './reason-cases.ts';
import { runCase } from './render-explain.ts';

const firstCases = reasonCases.flatMap(({ reason, variant }) => (variant === undefined ? [reason] : []));

describe('docs/explain.md', () => {
  it.each(reasonCases)('shows $reason $variant, and the command really gives it', async (one) => {
    const { code, output } = await runCase({ ...one, args: one.args.filter(isNoFormat) }, '-o', 'json');
    const { reason, verdict, rules } = JSON.parse(output);
    expect({ reason, code }).toEqual({ reason: one.reason, code: reason === 'Allowed' ? 0 : 1 });
    expect(verdict).toBe(code === 0 ? 'allowed' : 'refused');
    const deciding = rules.find((rule: { outcome: string }) => rule.outcome === 'failed');
    if (reason === 'Allowed') return expect(deciding).toBeUndefined();
    expect(deciding).toMatchObject({ reason, toDo: expect.stringMatching(/\.$|\?$/) });
    expect(deciding.evidence).not.toEqual([]);
  });

  it('has every reason once: those that a rule gives, in their order, and those that none does', async () => {
    const [first] = reasonCases;
    if (!first) throw new Error('no cases');
    const { output } = await runCase({ ...first, args: first.args.filter(isNoFormat) }, '-o', 'json');
    const given = new Set<string>(JSON.parse(output).rules.map((rule: { reason: string }) => rule.reason));
    expect(firstCases).toEqual(
      admissionReasons.filter((reason) => reason === 'Allowed' || given.has(reason)),
    );
    expect([...firstCases, ...Object.keys(beyondRules)].toSorted()).toEqual(admissionReasons.toSorted());
  });

  it.each(reasonCases)('$reason $variant is told in Swedish to the last word', async (one) => {
    const { output } = await runCase(one, '--lang', 'sv');
    const english =
      /\b(?:the|of|is|are|and|not|that|which|who|from|with|until|by|supposed|call|line|seats all|already|did you|nothing|note)\b/i;
    expect(output).not.toMatch(english);
    const [there, here] = await Promise.all(
      ['sv', 'en'].map(async (language) => {
        const args = [...one.args.filter(isNoFormat)];
        return JSON.parse((await runCase({ ...one, args }, '-o', 'json', '--lang', language)).output);
      }),
    );
    const sentences = ({ answer, text, rules }: typeof here): readonly string[] => [
      answer,
      text,
      ...rules.flatMap((rule: { question: string; toDo?: string }) =>
        [rule.question, rule.toDo ?? []].flat(),
      ),
    ];
    expect(sentences(there).filter((said) => sentences(here).includes(said))).toEqual([]);
    expect(there.rules.map(({ reason }: { reason: string }) => reason)).toEqual(
      here.rules.map(({ reason }: { reason: string }) => reason),
    );
  });

  it('shows no whole phone number', async () => {
    for (const one of reasonCases) {
      const { output } = await runCase(one);
      expect(output.replace(/\d{4}-\d\d-\d\dT\S+/g, '')).not.toMatch(/\d[\d -]{6,}\d/);
    }
  });
});

const isNoFormat = (word: string): boolean => word !== '-o' && word !== 'wide';
