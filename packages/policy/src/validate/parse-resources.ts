import type { Resource } from '../generated/resources.ts';
import { checkObject } from './check-object.ts';
import { isPlainObject, own } from './plain-object.ts';
import { type LocatedResource, type Problem, pathText, type SourceFile } from './problem.ts';
import { readDocuments, type YamlDocument } from './read-documents.ts';
import { shown } from './shown.ts';

const maxProblemsPerFile = 100;

/** What texts say: the objects that are valid, and what is wrong with the others. */
export interface ParsedResources {
  readonly resources: readonly LocatedResource[];
  readonly problems: readonly Problem[];
}

/**
 * Reads resources from YAML texts as the API server would take them: unknown fields, types, forms, defaults, CEL rules.
 * One bad object never hides the others. Of two objects with the same kind, namespace and name the first is taken.
 *
 * @param previous the objects as they were, for what may not change (`companyRef`, a licence's name).
 */
export function parseResources(
  files: readonly SourceFile[],
  previous: readonly Resource[] = [],
): ParsedResources {
  const before = new Map(previous.map((resource) => [identity(resource), resource]));
  const taken = new Map<string, LocatedResource>();
  const problems = files.flatMap((source) => {
    const { documents, problems: unreadable } = readDocuments(source);
    const found = documents.flatMap((document) => takeObject(source.file, document, before, taken));
    return bounded([...unreadable, ...found]);
  });
  return { resources: [...taken.values()], problems };
}

function takeObject(
  file: string,
  document: YamlDocument,
  before: ReadonlyMap<string, Resource>,
  taken: Map<string, LocatedResource>,
): readonly Problem[] {
  const object = objectName(document.value);
  const checked = checkObject(document.value, (resource) => before.get(identity(resource)));
  if (checked.kind === 'invalid') {
    return checked.findings.slice(0, maxProblemsPerFile + 1).map(({ path, message, value, at = 'value' }) => {
      const problem = { file, ...document.place(path, at), object, field: pathText(path), message };
      return value === undefined ? problem : { ...problem, value };
    });
  }
  const { resource } = checked;
  const first = taken.get(identity(resource));
  if (first) {
    const message = `This object is there already, in ${first.file}:${first.line}; rename or remove one of them.`;
    return [
      { file, ...document.place(['metadata', 'name'], 'value'), object, field: 'metadata.name', message },
    ];
  }
  taken.set(identity(resource), { file, line: document.place(['apiVersion'], 'name').line, resource });
  return [];
}

/** Kind, namespace and name: what makes two objects the same. */
function identity({ kind, metadata }: Resource): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** The same for people, for objects that may lack any of it. */
function objectName(value: unknown): string {
  const object = isPlainObject(value) ? value : {};
  const metadata = own(object, 'metadata');
  const part = (field: unknown) => (typeof field === 'string' && field !== '' ? shown(field) : '?');
  const { namespace, name } = isPlainObject(metadata) ? metadata : {};
  return `${part(own(object, 'kind'))} ${part(namespace)}/${part(name)}`;
}

function bounded(problems: readonly Problem[]): readonly Problem[] {
  const [last] = problems.slice(maxProblemsPerFile, maxProblemsPerFile + 1);
  if (!last) return problems;
  const message = `There are more than ${maxProblemsPerFile} problems in this file; the others are not shown.`;
  const { value: _, ...rest } = last;
  return [...problems.slice(0, maxProblemsPerFile), { ...rest, field: '', message }];
}
