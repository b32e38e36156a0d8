import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Path } from './problem.ts';

/**
 * Offset of a field in the text: of its name or of its value. A field that is not written (missing, a default, from a
 * merge) is shown at the nearest one around it that is.
 */
export function locate(root: unknown, path: Path, at: 'name' | 'value'): number {
  let node = root;
  let offset = nearestOffset(root);
  for (const [index, step] of path.entries()) {
    const child = childOf(node, step);
    if (!child) return offset;
    const last = index === path.length - 1;
    offset = last && at === 'value' ? nearestOffset(child.value, child.name) : child.name;
    node = child.value;
  }
  return offset;
}

/** Where a node begins; `otherwise` where it does not stand in the text. */
export function nearestOffset(node: unknown, otherwise = 0): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}

function childOf(
  node: unknown,
  step: string | number,
): { readonly name: number; readonly value: unknown } | undefined {
  if (isSeq(node) && typeof step === 'number') {
    const value = node.items[step];
    return value === undefined ? undefined : { name: nearestOffset(value), value };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
  return pair && { name: nearestOffset(pair.key), value: pair.value };
}
