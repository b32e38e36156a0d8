import type { Language } from '@medlyssning/policy';
import type { Evidence } from '../explain/about.ts';
import type { ExplainedRule, Explanation } from '../explain/explain.ts';
import type { Print } from './output.ts';

/**
 * An explanation for people: the answer; each rule in the order of rules.md, failed ones with what decided them and what to do;
 * what was supposed. Wide, passed rules say what decided them, too.
 */
export const explanationLines = (
  { verdict, answer, text, rules, warnings, ...rest }: Explanation,
  language: Language,
  { isWide, paint }: Print,
): readonly string[] => {
  const mark = { passed: paint('green', '✓'), failed: paint('red', '✗'), notAsked: paint('dim', '·') };
  const ruleLines = ({
    rule,
    reason,
    outcome,
    question,
    evidence,
    toDo,
  }: ExplainedRule): readonly string[] => {
    const said = {
      passed: '',
      failed: `: ${paint('red', reason)}`,
      notAsked: paint('dim', words[language].notAsked),
    };
    return [
      `  ${mark[outcome]} ${rule.padEnd(3)} ${question}${said[outcome]}`,
      ...(outcome === 'failed' || isWide ? evidence.map((one) => `        ${evidenceText(one, paint)}`) : []),
      ...(toDo === undefined ? [] : [`        ${paint('yellow', `→ ${toDo}`)}`]),
    ];
  };
  return [
    paint(verdict === 'allowed' ? 'green' : 'red', answer),
    text,
    '',
    ...rules.flatMap(ruleLines),
    '',
    ...supposedLines(rest),
    ...warnings.map((warning) => paint('yellow', `Note: ${warning}`)),
  ];
};

const words = {
  en: { notAsked: ' (not asked)' },
  sv: { notAsked: ' (prövades ej)' },
} as const;

const evidenceText = ({ object, field, value, place }: Evidence, paint: Print['paint']): string => {
  const where = place ? paint('dim', `  (${place})`) : '';
  return `${object === '-' ? field : `${object}  ${field}`}: ${paint('bold', value)}${where}`;
};

const supposedLines = ({
  device,
  at,
  supposed,
}: Pick<Explanation, 'device' | 'at' | 'supposed'>): readonly string[] => {
  const { inCall, otherEnd, lineBusy, listeners, policyAge } = supposed;
  const call = inCall ? `in a call with ${otherEnd ?? 'a customer'} that began at ${at}` : 'in no call';
  const asks = device ? `asked from ${device.name} (${device.kind})` : 'asked from a device nobody knows';
  return [
    `Supposed: ${asks}; the target ${call}; own line ${lineBusy ? 'busy' : 'free'};`,
    `          ${listeners} listening already; policy confirmed ${policyAge} s ago. Suppose otherwise: --device, --at, --suppose.`,
  ];
};
