import { isAlias, isCollection, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { nearestOffset } from './locate.ts';
import { shown } from './shown.ts';

/** Why a YAML tree is refused before its values are looked at. */
export interface TreeFlaw {
  readonly message: string;
  readonly offset: number;
}

const maxDepth = 64;

/** The first flaw of a YAML tree: a key twice in a mapping, too many levels or aliases, an alias within its own anchor. Linear in its size. */
export function checkTree(root: unknown, maxAliases: number): TreeFlaw | undefined {
  let aliases = 0;
  const open: string[] = [];
  const visit = (node: unknown, depth: number): TreeFlaw | undefined => {
    const offset = nearestOffset(node);
    if (depth > maxDepth) return { message: `This is nested deeper than ${maxDepth} levels.`, offset };
    if (isAlias(node) && ++aliases > maxAliases) {
      return { message: `There are more than ${maxAliases} aliases here; write the values out.`, offset };
    }
    if (isAlias(node) && open.includes(node.source)) {
      return { message: `The alias ${shown(node.source)} stands within what it repeats.`, offset };
    }
    if (!isCollection(node)) return undefined;
    open.push(node.anchor ?? '');
    const flaw = visitItems(node, depth);
    open.pop();
    return flaw;
  };
  const visitItems = (node: YAMLMap | YAMLSeq, depth: number): TreeFlaw | undefined => {
    if (isSeq(node)) return firstFlaw(node.items, (item) => visit(item, depth + 1));
    const seen = new Set<string>();
    return firstFlaw(node.items, ({ key, value }) => {
      // The reader gives a merge key as a symbol.
      const name = isScalar(key) ? (typeof key.value === 'symbol' ? '<<' : String(key.value)) : undefined;
      if (name !== undefined && seen.has(name)) {
        return { message: `The key ${shown(name)} is here twice.`, offset: nearestOffset(key) };
      }
      if (name !== undefined) seen.add(name);
      return visit(key, depth + 1) ?? visit(value, depth + 1);
    });
  };
  return visit(root, 0);
}

function firstFlaw<T>(items: readonly T[], look: (item: T) => TreeFlaw | undefined): TreeFlaw | undefined {
  for (const item of items) {
    const flaw = look(item);
    if (flaw) return flaw;
  }
  return undefined;
}
