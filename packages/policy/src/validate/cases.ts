import type { Kind } from '../generated/schemas.ts';
import { boundCases } from './bound-cases.ts';
import { type Changes, caseBases, withField } from './case-bases.ts';
import { formCases } from './form-cases.ts';
import { ruleCases } from './rule-cases.ts';

/** One thing that a CRD asks for, with an object that meets it and one that does not. */
export interface SchemaCase {
  readonly kind: Kind;
  /** What is asked for; for CEL rules their message. */
  readonly name: string;
  /** Field that the refusal names. */
  readonly field: string;
  readonly passes: unknown;
  readonly fails: unknown;
  /** The object as it was before, for rules about changes. */
  readonly previous?: unknown;
}

/**
 * Every CEL rule, form and bound of the CRDs, as data: the same cases run against the validator of this package and
 * against a real API server, which is how it is known that both judge alike.
 */
export const cases: readonly SchemaCase[] = [
  ...boundCases,
  ...formCases.map(
    ([kind, path, good, bad]): SchemaCase => ({
      kind,
      name: `${path} is like ${show(good)}, not ${show(bad)}`,
      field: path,
      passes: changed(kind, [[path, good]]),
      fails: changed(kind, [[path, bad]]),
    }),
  ),
  ...ruleCases.map(({ kind, message, field, good, bad, before }): SchemaCase => {
    const common = { kind, name: message, field, passes: changed(kind, good), fails: changed(kind, bad) };
    return before ? { ...common, previous: changed(kind, before) } : common;
  }),
];

function changed(kind: Kind, changes: Changes): unknown {
  return changes.reduce<unknown>(
    (object, [path, value]) => withField(object, steps(path), value),
    caseBases[kind],
  );
}

/** `spec.devices[1].kind` → spec, devices, 1, kind */
function steps(path: string): readonly (string | number)[] {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'left out').slice(0, 60);
}
