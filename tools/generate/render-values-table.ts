import { isMap, isScalar, type Node, type Pair, parseDocument } from 'yaml';

interface Row {
  readonly key: string;
  readonly type: string;
  readonly value: string;
  readonly text: string;
}

/** Between these lines of a chart's README stands the table of its values. */
const [begin, end] = ['<!-- values: generated from values.yaml -->', '<!-- end of values -->'];

/**
 * A chart's README with the table of its values, as helm-docs would write it: one row for each `# -- text` of values.yaml.
 * @throws Error where a value has no such comment, or the README no place for the table
 */
export function withValuesTable(readme: string, values: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(
      `A chart's README has no table of values; write "${begin}" and "${end}" where it belongs.`,
    );
  const rows = rowsOf(values).map(
    ({ key, type, value, text }) => `| \`${key}\` | ${type} | \`${value}\` | ${text} |`,
  );
  const head = ['| Value | Type | Default | Means |', '|---|---|---|---|'];
  return `${before}${begin}\n${[...head, ...rows].join('\n')}\n${end}${after}`;
}

function rowsOf(values: string): readonly Row[] {
  const { contents } = parseDocument(values);
  if (!isMap(contents)) throw new Error('values.yaml is no map.');
  return contents.items.flatMap((pair) => rowsAt(pair as Pair<Node, Node>, ''));
}

function rowsAt({ key, value }: Pair<Node, Node>, parent: string): readonly Row[] {
  const path = `${parent}${isScalar(key) ? key.value : ''}`;
  // The comment before the first key of a map is the map's, in the parser's eyes.
  const text = textOf(key.commentBefore);
  if (text !== undefined)
    return [{ key: path, type: typeOf(value), value: JSON.stringify(value?.toJSON()), text }];
  if (!isMap(value) || value.items.length === 0)
    throw new Error(`${path} has no comment in values.yaml; write "# -- what it means" above it.`);
  const [first, ...others] = value.items as Pair<Node, Node>[];
  if (first === undefined) return [];
  first.key.commentBefore ??= value.commentBefore ?? null;
  return [first, ...others].flatMap((pair) => rowsAt(pair, `${path}.`));
}

function textOf(comment: string | null | undefined): string | undefined {
  const lines = comment?.split('\n').map((line) => line.trim()) ?? [];
  const start = lines.findLastIndex((line) => line.startsWith('-- '));
  return start < 0 ? undefined : lines.slice(start).join(' ').slice(3).replaceAll('|', '\\|');
}

function typeOf(node: Node | null): string {
  const value: unknown = node?.toJSON();
  if (Array.isArray(value)) return 'list';
  return value === null ? 'any' : typeof value;
}
