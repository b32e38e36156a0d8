import { parseDateTime } from './parse-date-time.ts';
import { isPlainObject, own } from './plain-object.ts';
import type { Path } from './problem.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** One thing that a schema asks of one field, CEL rules left out. Lists are looked at by their first entry, maps by the key `team`. */
export interface Constraint {
  /** For `required`, of the field that must be there. */
  readonly path: Path;
  readonly keyword: Keyword;
  /** Of the field; for `required`, of the object it belongs to. */
  readonly schema: StructuralSchema;
}

export type Keyword =
  | 'type'
  | 'required'
  | 'enum'
  | 'pattern'
  | 'date-time'
  | 'minLength'
  | 'maxLength'
  | 'minimum'
  | 'maximum'
  | 'minItems'
  | 'maxItems'
  | 'maxProperties'
  | 'no doubles';

/** The key under which the values of a map are looked at. */
const mapKey = 'team';

/** The largest number of the format int32, which is a maximum where no lower one is given. */
export const int32Max = 2 ** 31 - 1;

/** Everything that a schema and those below it ask for. */
export function constraintsOf(schema: StructuralSchema, path: Path = []): readonly Constraint[] {
  const here = keywordsOf(schema).map((keyword): Constraint => ({ path, keyword, schema }));
  // A field with a default is never missing.
  const required = (schema.required ?? [])
    .filter((name) => schema.properties?.[name]?.default === undefined)
    .map((name): Constraint => ({ path: [...path, name], keyword: 'required', schema }));
  return [
    ...here,
    ...required,
    ...below(schema).flatMap(([step, field]) => constraintsOf(field, [...path, step])),
  ];
}

function below(schema: StructuralSchema): readonly (readonly [string | number, StructuralSchema])[] {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    ...Object.entries(properties),
    ...(items ? [[0, items] as const] : []),
    ...(additionalProperties ? [[mapKey, additionalProperties] as const] : []),
  ];
}

function keywordsOf(schema: StructuralSchema): readonly Keyword[] {
  const named = (
    ['enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'minItems', 'maxItems', 'maxProperties'] as const
  ).filter((keyword) => schema[keyword] !== undefined);
  const listType = schema['x-kubernetes-list-type'];
  return [
    'type',
    ...named,
    ...(schema.format === 'date-time' ? (['date-time'] as const) : []),
    ...(schema.maximum !== undefined || schema.format === 'int32' ? (['maximum'] as const) : []),
    ...(listType === 'set' || listType === 'map' ? (['no doubles'] as const) : []),
  ];
}

/** Whether an object breaks a constraint. Written apart from the validator, so that the one can be checked by the other. */
export function breaks({ path, keyword, schema }: Constraint, object: unknown): boolean {
  const value = valueAt(object, path);
  if (keyword === 'required') return value === undefined && valueAt(object, path.slice(0, -1)) !== undefined;
  if (value === undefined) return false;
  switch (keyword) {
    case 'type':
      return typeOf(value) !== schema.type;
    case 'enum':
      return typeof value === 'string' && schema.enum?.includes(value) === false;
    case 'pattern':
      return typeof value === 'string' && !new RegExp(schema.pattern ?? '', 'u').test(value);
    case 'date-time':
      return typeof value === 'string' && parseDateTime(value) === undefined;
    case 'minLength':
      return typeof value === 'string' && [...value].length < (schema.minLength ?? 0);
    case 'maxLength':
      return typeof value === 'string' && [...value].length > (schema.maxLength ?? Infinity);
    case 'minimum':
      return typeof value === 'number' && value < (schema.minimum ?? -Infinity);
    case 'maximum':
      return typeof value === 'number' && value > (schema.maximum ?? int32Max);
    case 'minItems':
      return Array.isArray(value) && value.length < (schema.minItems ?? 0);
    case 'maxItems':
      return Array.isArray(value) && value.length > (schema.maxItems ?? Infinity);
    case 'maxProperties':
      return isPlainObject(value) && Object.keys(value).length > (schema.maxProperties ?? Infinity);
    case 'no doubles':
      return Array.isArray(value) && new Set(value.map((item) => keyOf(schema, item))).size < value.length;
  }
}

/** What is at a path, or undefined. */
export function valueAt(object: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return object;
  if (Array.isArray(object)) return valueAt(object[Number(step)], rest);
  return isPlainObject(object) ? valueAt(own(object, String(step)), rest) : undefined;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function keyOf(schema: StructuralSchema, item: unknown): string {
  const keys = schema['x-kubernetes-list-map-keys'];
  return JSON.stringify(keys && isPlainObject(item) ? keys.map((key) => own(item, key)) : item);
}
