import { Environment } from '@marcbachmann/cel-js';
import { schemas } from '../generated/schemas.ts';
import { celValue } from './cel-value.ts';
import { isPlainObject, own } from './plain-object.ts';
import type { Finding, Path } from './problem.ts';
import type { StructuralSchema, ValidationRule } from './structural-schema.ts';

type Program = (variables: { readonly self: unknown; readonly oldSelf?: unknown }) => unknown;

/** Every rule of the CRDs, compiled once. Only our own rules run here: `matches` would be a JavaScript RegExp. */
const programs: ReadonlyMap<string, Program> = compile(Object.values(schemas).flatMap(rulesOf));

function rulesOf(schema: StructuralSchema): readonly string[] {
  const below = [
    ...Object.values(schema.properties ?? {}),
    ...[schema.items ?? []].flat(),
    ...[schema.additionalProperties ?? []].flat(),
  ];
  return [...(schema['x-kubernetes-validations'] ?? []).map(({ rule }) => rule), ...below.flatMap(rulesOf)];
}

function compile(rules: readonly string[]): ReadonlyMap<string, Program> {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  return new Map(rules.map((rule) => [rule, environment.parse(rule)]));
}

/**
 * The CEL rules that a value breaks. The value has passed its schema. A rule that names `oldSelf` judges a change: it
 * is asked only where `old` has the field too. Entries of lists are not matched with old ones; no rule asks for that.
 */
export function checkRules(
  schema: StructuralSchema,
  value: unknown,
  old: unknown,
  path: Path,
): readonly Finding[] {
  const here = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) =>
    checkRule(rule, schema, value, old, path),
  );
  return [...here, ...checkBelow(schema, value, old, path)];
}

function checkBelow(schema: StructuralSchema, value: unknown, old: unknown, path: Path): readonly Finding[] {
  const { items, properties } = schema;
  if (Array.isArray(value) && items) {
    return value.flatMap((item, index) => checkRules(items, item, undefined, [...path, index]));
  }
  if (!isPlainObject(value) || !properties) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const fieldSchema = own(properties, name);
    const oldField = isPlainObject(old) ? own(old, name) : undefined;
    return fieldSchema ? checkRules(fieldSchema, field, oldField, [...path, name]) : [];
  });
}

function checkRule(
  rule: ValidationRule,
  schema: StructuralSchema,
  value: unknown,
  old: unknown,
  path: Path,
): readonly Finding[] {
  const judgesChange = /\boldSelf\b/.test(rule.rule);
  if (judgesChange && old === undefined) return [];
  const self = celValue(schema, value);
  const variables = judgesChange ? { self, oldSelf: celValue(schema, old) } : { self };
  if (holds(rule.rule, variables)) return [];
  const below = rule.fieldPath?.split('.').filter(Boolean) ?? [];
  return [{ path: [...path, ...below], message: `${rule.message}.` }];
}

/** As in Kubernetes, a rule that cannot be evaluated does not hold. */
function holds(rule: string, variables: Parameters<Program>[0]): boolean {
  try {
    return programs.get(rule)?.(variables) === true;
  } catch {
    return false;
  }
}
