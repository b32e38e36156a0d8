import type { ForkPolicy } from '../generated/resources.ts';
import { schemas } from '../generated/schemas.ts';
import { checkSchema } from './check-schema.ts';
import { isPlainObject } from './plain-object.ts';
import { type Finding, pathText } from './problem.ts';
import type { StructuralSchema } from './structural-schema.ts';
import { knownRules, unknownRules } from './unknown-rules.ts';

const schema: StructuralSchema = schemas.ForkPolicy;

/** A ForkPolicy as the cluster has it, or what is wrong with it. */
export type ReadForkPolicy =
  | { readonly kind: 'valid'; readonly policy: ForkPolicy }
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * A field that we do not know is one of a newer version: the API server has checked it, and nobody needed it so far. One that
 * we would have to know, since it restricts, comes with a name in `requires`.
 */
const isUnknownField = ({ at }: Finding): boolean => at === 'name';

/**
 * Reads a ForkPolicy that the API server keeps. It has checked the object by the CRD that was installed when it was
 * written; an older CRD lets pass, or cuts off, what this version stands on. The CEL rules are not asked again: what they
 * forbid, an end without a licence, means no licence here.
 *
 * @param known the rules that it may require
 */
export function readForkPolicy(value: unknown, known: ReadonlySet<string> = knownRules): ReadForkPolicy {
  if (!isPlainObject(value) || !isPlainObject(value['metadata'])) return invalid('It is no object.');
  const { spec, metadata } = value;
  if (typeof metadata['name'] !== 'string' || typeof metadata['namespace'] !== 'string')
    return invalid('It has no name or no namespace.');
  // First, since it is the cause of whatever else of a newer version cannot be read.
  const unknown = isPlainObject(spec) ? unknownRules(spec['requires'], known) : undefined;
  if (unknown !== undefined) return invalid(`spec.requires: ${unknown}`);
  const finding = checkSchema(schema, { spec }, []).find((found) => !isUnknownField(found));
  if (finding) return invalid(`${pathText(finding.path)}: ${finding.message}`);
  // The schema holds, so the value has the generated type; this is the edge where that becomes known.
  return { kind: 'valid', policy: value as unknown as ForkPolicy };
}

function invalid(message: string): ReadForkPolicy {
  return { kind: 'invalid', message };
}
