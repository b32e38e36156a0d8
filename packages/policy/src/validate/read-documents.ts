import {
  type Document,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  type TagId,
  type Tags,
  YAMLError,
} from 'yaml';
import { checkTree } from './check-tree.ts';
import { locate, nearestOffset } from './locate.ts';
import type { Path, Problem, SourceFile } from './problem.ts';
import { shown } from './shown.ts';

/** Where in a text something stands, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One YAML document: its plain value, and where each field of it stands. */
export interface YamlDocument {
  readonly value: unknown;
  place(path: Path, at: 'name' | 'value'): Place;
}

const maxBytes = 1024 * 1024;
const maxAliases = 100;

/**
 * The documents of a text, empty ones left out. A document that cannot be read becomes a problem and does not hide the
 * others. Bounded: texts up to 1 MiB, 64 levels, 100 aliases a document. Never throws.
 */
export function readDocuments({ file, text }: SourceFile): {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
} {
  if (Buffer.byteLength(text) > maxBytes) {
    return {
      documents: [],
      problems: [unreadable(file, 'This file is larger than 1 MiB; cut it into several.')],
    };
  }
  const lines = new LineCounter();
  const read = parsed(text, lines).map((document) => readDocument(file, document, lines));
  return { documents: read.flatMap((one) => one.documents), problems: read.flatMap((one) => one.problems) };
}

type Parsed = Document.Parsed<ParsedNode> | Error;

function parsed(text: string, lineCounter: LineCounter): readonly Parsed[] {
  try {
    // YAML 1.1 as kubectl reads it: NO is false, and `<<` merges. Doubled keys are found by checkTree in linear time.
    const options = { version: '1.1', uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
    return [...parseAllDocuments(text, { ...options, lineCounter, customTags: kubectlTags })];
  } catch (error) {
    return [asError(error)];
  }
}

/** kubectl's reader leaves dates and times of day as text; binary and sets are nothing our objects need. */
function kubectlTags(tags: Tags): Tags {
  const kept = (tag: Tags[number]): boolean =>
    typeof tag === 'string' ||
    (tag.format !== 'TIME' && !leftOut.has(tag.tag.replace('tag:yaml.org,2002:', '') as TagId));
  return tags.filter(kept);
}

const leftOut: ReadonlySet<TagId> = new Set(['binary', 'omap', 'pairs', 'set', 'timestamp']);

function readDocument(
  file: string,
  document: Parsed,
  lines: LineCounter,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly Problem[] } {
  if (document instanceof Error)
    return { documents: [], problems: [unreadable(file, syntaxMessage(document))] };
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const refuse = (message: string, offset: number) => ({
    documents: [],
    problems: [{ ...unreadable(file, message), ...place(offset) }],
  });
  const [error] = document.errors;
  if (error) return refuse(syntaxMessage(error), error.pos[0]);
  const flaw = checkTree(document.contents, maxAliases);
  if (flaw) return refuse(flaw.message, flaw.offset);
  try {
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    if (value === null || value === undefined) return { documents: [], problems: [] };
    const read = {
      value,
      place: (path: Path, at: 'name' | 'value') => place(locate(document.contents, path, at)),
    };
    return { documents: [read], problems: [] };
  } catch (thrown) {
    return refuse(syntaxMessage(asError(thrown)), nearestOffset(document.contents));
  }
}

function unreadable(file: string, message: string): Problem {
  return { file, line: 1, column: 1, object: '', field: '', message };
}

function syntaxMessage(error: Error): string {
  if (error instanceof YAMLError && error.code === 'RESOURCE_EXHAUSTION')
    return 'This is nested too deeply to be read.';
  return `This is not readable YAML: ${shown(error.message)}`;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
