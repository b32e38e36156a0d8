import { isPlainObject, own } from './plain-object.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** A value with nulls left out and defaults filled in, as the API server does before it validates. */
export function applyDefaults(schema: StructuralSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => applyDefaults(items, item)) : value;
  }
  if (!isPlainObject(value)) return value;
  const properties = schema.properties ?? {};
  const given = Object.entries(value)
    .filter(([name, field]) => field !== null || !Object.hasOwn(properties, name))
    .map(
      ([name, field]) =>
        [name, defaulted(own(properties, name) ?? schema.additionalProperties, field)] as const,
    );
  const missing = Object.entries(properties)
    .filter(([name, field]) => field.default !== undefined && (own(value, name) ?? null) === null)
    .map(([name, field]) => [name, applyDefaults(field, field.default)] as const);
  return Object.fromEntries([...given, ...missing]);
}

function defaulted(schema: StructuralSchema | undefined, value: unknown): unknown {
  return schema ? applyDefaults(schema, value) : value;
}
