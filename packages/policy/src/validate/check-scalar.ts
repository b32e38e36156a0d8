import { didYouMean } from './did-you-mean.ts';
import { parseDateTime } from './parse-date-time.ts';
import { shown, shownTime } from './shown.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** Patterns are those of our CRDs, so there are few. */
const compiled = new Map<string, RegExp>();

function regExp(pattern: string): RegExp {
  const known = compiled.get(pattern) ?? new RegExp(pattern, 'u');
  compiled.set(pattern, known);
  return known;
}

/** What is wrong with a string or integer that has the right type; undefined where nothing is. */
export function checkScalar(schema: StructuralSchema, value: unknown): string | undefined {
  if (typeof value === 'string') return checkString(schema, value);
  if (typeof value === 'number') return checkNumber(schema, value);
  return undefined;
}

function checkString(schema: StructuralSchema, value: string): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  if (schema.enum && !schema.enum.includes(value)) {
    return `${shown(value)} is none of ${schema.enum.join(', ')}.${didYouMean(value, schema.enum)}`;
  }
  if (value.length < minLength)
    return minLength === 1 ? 'This must not be empty.' : `Give at least ${minLength} characters.`;
  // Code points, as Kubernetes counts; surrogate pairs make `length` larger, never smaller.
  if (value.length > maxLength && [...value].length > maxLength)
    return `Give at most ${maxLength} characters.`;
  if (schema.format === 'date-time' && parseDateTime(value) === undefined) {
    return `${shownTime(value)} is no moment as in RFC 3339; write it like 2026-01-31T08:00:00Z.`;
  }
  if (pattern !== undefined && !regExp(pattern).test(value)) {
    return `${shown(value)} does not have the form ${pattern}`;
  }
  return undefined;
}

function checkNumber(schema: StructuralSchema, value: number): string | undefined {
  const int32 = schema.format === 'int32';
  const minimum = schema.minimum ?? (int32 ? -(2 ** 31) : Number.MIN_SAFE_INTEGER);
  const maximum = schema.maximum ?? (int32 ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER);
  if (value < minimum) return `${shown(value)} is less than ${minimum}.`;
  if (value > maximum) return `${shown(value)} is more than ${maximum}.`;
  return undefined;
}
