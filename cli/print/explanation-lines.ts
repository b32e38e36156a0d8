import type { Language } from '@medlyssning/policy';
import type { Evidence } from '../explain/about.ts';
import type { ExplainedRule, Explanation } from '../explain/explain.ts';
import { type Answers, answers } from '../texts/answers.ts';
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
  const words = answers[language];
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
      notAsked: paint('dim', words.notAsked),
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
    ...supposedLines(rest, words),
    ...warnings.map((warning) => paint('yellow', `${words.note}: ${warning}`)),
  ];
};

const evidenceText = ({ object, field, value, place }: Evidence, paint: Print['paint']): string => {
  const where = place ? paint('dim', `  (${place})`) : '';
  return `${object === '-' ? field : `${object}  ${field}`}: ${paint('bold', value)}${where}`;
};

const supposedLines = (
  { device, at, supposed, asked }: Pick<Explanation, 'device' | 'at' | 'supposed' | 'asked'>,
  words: Answers,
): readonly string[] => {
  const asks = device ? words.askedFrom(`${device.name} (${device.kind})`) : words.unknownDevice;
  if (!supposed) return [words.asIs(asks, asked ?? '')];
  const { inCall, otherEnd, lineBusy, listeners, policyAge } = supposed;
  const call = inCall ? words.inCall(otherEnd ?? words.customer, at) : words.inNoCall;
  return [words.supposed(asks, call, lineBusy), words.supposedToo(listeners, policyAge)];
};
