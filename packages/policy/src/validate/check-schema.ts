import { checkScalar } from './check-scalar.ts';
import { didYouMean } from './did-you-mean.ts';
import { isPlainObject, own, type PlainObject } from './plain-object.ts';
import type { Finding, Path } from './problem.ts';
import { shown } from './shown.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** What in a value its schema does not allow: types, unknown and missing fields, bounds, forms, doubled list entries. */
export function checkSchema(schema: StructuralSchema, value: unknown, path: Path): readonly Finding[] {
  if (!hasType(schema, value)) return [wrongType(schema, value, path)];
  if (isPlainObject(value)) return checkObject(schema, value, path);
  if (Array.isArray(value)) return checkList(schema, value, path);
  const message = checkScalar(schema, value);
  return message === undefined ? [] : [{ path, message, value: shown(value) }];
}

function hasType({ type }: StructuralSchema, value: unknown): boolean {
  if (type === 'object') return isPlainObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

const articles = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
};

function wrongType(schema: StructuralSchema, value: unknown, path: Path): Finding {
  const quotable = schema.type === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  const hint = quotable ? ' Put it in quotes: YAML reads it as a number or as true or false.' : '';
  return { path, message: `This must be ${articles[schema.type]}.${hint}`, value: shown(value) };
}

function checkObject(schema: StructuralSchema, value: PlainObject, path: Path): readonly Finding[] {
  const { properties = {}, required = [], additionalProperties, maxProperties = Infinity } = schema;
  const names = Object.keys(value);
  if (names.length > maxProperties) return [{ path, message: `Give at most ${maxProperties} entries.` }];
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name): Finding => ({ path: [...path, name], message: 'This field is required.' }));
  const fields = names.flatMap((name) => {
    const field = own(properties, name) ?? additionalProperties;
    if (!field) return [unknownField(name, Object.keys(properties), path)];
    if (!hasForm(schema.propertyNames?.pattern, name)) return [badKey(name, path)];
    return checkSchema(field, value[name], [...path, name]);
  });
  return [...missing, ...fields];
}

function unknownField(name: string, known: readonly string[], path: Path): Finding {
  const message = `There is no field ${shown(name)} here.${didYouMean(name, known)}`;
  return { path: [...path, shown(name)], message, at: 'name' };
}

function hasForm(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || new RegExp(pattern, 'u').test(name);
}

function badKey(name: string, path: Path): Finding {
  const message = `${shown(name)} is no key as Kubernetes takes it; write it like team or example.com/team.`;
  return { path: [...path, shown(name)], message, at: 'name' };
}

function checkList(schema: StructuralSchema, value: readonly unknown[], path: Path): readonly Finding[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (value.length > maxItems)
    return [{ path, message: `Give at most ${maxItems} entries; there are ${value.length}.` }];
  const few =
    value.length < minItems
      ? [{ path, message: `Give at least ${minItems} ${minItems === 1 ? 'entry' : 'entries'}.` }]
      : [];
  const found = items ? value.flatMap((item, index) => checkSchema(items, item, [...path, index])) : [];
  return [...few, ...found, ...checkDoubles(schema, value, path)];
}

/** Sets hold each value once; maps hold each key once. */
function checkDoubles(schema: StructuralSchema, value: readonly unknown[], path: Path): readonly Finding[] {
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== 'set' && listType !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  return value.flatMap((item, index) => {
    const parts = listType === 'set' ? [item] : isPlainObject(item) ? keys.map((key) => own(item, key)) : [];
    const key = JSON.stringify(parts);
    const double = parts.length > 0 && seen.has(key);
    seen.add(key);
    if (!double) return [];
    const text = parts.map(shown).join(', ');
    return [
      {
        path: [...path, index],
        message: `${text} is in this list twice; each may be there once.`,
        value: text,
      },
    ];
  });
}
