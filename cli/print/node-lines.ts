import type { NodeCounts, Nodes } from '../nodes/read-nodes.ts';
import type { Answers } from '../texts/answers.ts';
import { type Print, table } from './output.ts';

/** A node that has been silent for as long counts for nothing. */
const silentSeconds = 60;

/** What each media node says of itself, for people. */
export const nodeLines = (
  { namespace, nodes }: Nodes,
  words: Answers,
  { paint }: Print,
): readonly string[] => {
  if (nodes.length === 0) return [words.noNodes(namespace)];
  const { node, pool, ready, mirror, calls, listens, heard } = words;
  const rows = nodes.map((one) => [
    one.name,
    one.pool,
    one.ready,
    one.mirror ?? '-',
    String(one.calls ?? '-'),
    String(one.listens ?? '-'),
    heardText(one, words),
  ]);
  const [headings = '', ...lines] = table([node, pool, ready, mirror, calls, listens, heard], rows);
  const isSilent = ({ heardSecondsAgo }: NodeCounts) => (heardSecondsAgo ?? Infinity) > silentSeconds;
  return [
    headings,
    ...lines.map((line, n) => (nodes.slice(n, n + 1).some(isSilent) ? paint('red', line) : line)),
  ];
};

const heardText = ({ heardSecondsAgo: seconds }: NodeCounts, words: Answers): string => {
  if (seconds === undefined) return words.never;
  return seconds > silentSeconds ? words.silent(seconds) : words.ago(seconds);
};
