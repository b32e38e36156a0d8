import { isPlainObject, own } from './plain-object.ts';
import type { Path, SourceFile } from './problem.ts';
import { type Place, readDocuments } from './read-documents.ts';

/** Which object of a text is meant. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Reads a text once, to tell where fields of its objects stand in it; a field that is not written (missing, or a default) is
 * shown at the nearest one around it that is. `undefined` where the text has no such object.
 */
export function placesIn(source: SourceFile): (object: ObjectName, path: Path) => Place | undefined {
  const { documents } = readDocuments(source);
  return (object, path) => documents.find(({ value }) => isNamed(value, object))?.place(path, 'value');
}

function isNamed(value: unknown, { kind, namespace, name }: ObjectName): boolean {
  if (!isPlainObject(value)) return false;
  const metadata = own(value, 'metadata');
  if (own(value, 'kind') !== kind || !isPlainObject(metadata)) return false;
  return own(metadata, 'name') === name && own(metadata, 'namespace') === namespace;
}
