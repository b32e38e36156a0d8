import { parseDateTime } from './parse-date-time.ts';
import { isPlainObject, own } from './plain-object.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** A value as CEL sees it by its schema: integers as int (BigInt), `date-time` as timestamp (Date). */
export function celValue(schema: StructuralSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => celValue(items, item)) : value;
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([name, field]) => {
      const fieldSchema = own(schema.properties ?? {}, name) ?? schema.additionalProperties;
      return [name, fieldSchema ? celValue(fieldSchema, field) : field] as const;
    });
    return Object.fromEntries(entries);
  }
  if (typeof value === 'number' && schema.type === 'integer') return BigInt(value);
  if (typeof value === 'string' && schema.format === 'date-time') return parseDateTime(value) ?? value;
  return value;
}
