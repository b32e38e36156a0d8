import type { LocatedResource, Problem } from '@medlyssning/policy';

/** The objects of each file as they were last good. */
export type GoodObjects = ReadonlyMap<string, readonly LocatedResource[]>;

/** `User acme/anna`, as problems name an object. */
export const nameOf = ({ resource }: LocatedResource): string =>
  `${resource.kind} ${resource.metadata.namespace}/${resource.metadata.name}`;

const group = <T extends { readonly file: string }>(items: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(item.file, [...(groups.get(item.file) ?? []), item]);
  return groups;
};

/** A mistake in the name itself, or in the YAML: nobody can tell which object it was. */
const nameless = (problem: Problem): boolean => problem.object === '' || problem.object.includes('?');

/**
 * What is in force after a directory was read: of each file the good objects as they are now, and in place of each
 * object that has a problem its last good form. A file that cannot be read as YAML keeps all it had. An object that is
 * gone from a readable file is gone: taking a right away must never wait for someone's typing mistake elsewhere.
 */
export const keepLastGood = (
  before: GoodObjects,
  files: readonly string[],
  read: readonly LocatedResource[],
  problems: readonly Problem[],
): GoodObjects => {
  const good = group(read);
  const bad = group(problems);
  const after = new Map<string, readonly LocatedResource[]>();
  for (const file of files) {
    const now = good.get(file) ?? [];
    const troubles = bad.get(file) ?? [];
    const unreadable = troubles.some(nameless);
    const troubled = new Set(troubles.map((problem) => problem.object));
    const present = new Set(now.map(nameOf));
    const kept = (before.get(file) ?? []).filter(
      (old) => !present.has(nameOf(old)) && (unreadable || troubled.has(nameOf(old))),
    );
    after.set(file, [...now, ...kept]);
  }
  return after;
};
