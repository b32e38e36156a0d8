import type { StructuralSchema } from '../../../packages/policy/src/validate/structural-schema.ts';

/** What the API server refuses in a field, a phrase each. Rules in CEL are told by their messages, which say what to write. */
export function constraintsInWords(schema: StructuralSchema): readonly string[] {
  const key = schema['x-kubernetes-list-map-keys']?.join(', ');
  return [
    ...(schema.enum ? [`one of ${schema.enum.map(code).join(', ')}`] : []),
    ...range(schema.minLength, schema.maxLength, 'characters'),
    ...range(schema.minimum, schema.maximum, ''),
    ...range(schema.minItems, schema.maxItems, 'items'),
    ...range(undefined, schema.maxProperties, 'entries'),
    ...(schema.pattern === undefined ? [] : [`matches ${code(schema.pattern)}`]),
    ...(key === undefined ? [] : [`no two items with the same \`${key}\``]),
    ...(schema['x-kubernetes-list-type'] === 'set' ? ['no item twice'] : []),
    ...(schema['x-kubernetes-validations'] ?? []).map(({ message }) => message),
    ...ofParts(schema),
  ];
}

/** Of a list or map of plain values, what each of them must be; an object's fields have rows of their own. */
function ofParts({ items, additionalProperties }: StructuralSchema): readonly string[] {
  const part = items ?? additionalProperties;
  if (part === undefined || part.type === 'object') return [];
  return constraintsInWords(part).map((phrase) => `each: ${phrase}`);
}

function range(min: number | undefined, max: number | undefined, unit: string): readonly string[] {
  const of = unit === '' ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) return [`${min} to ${max}${of}`];
  if (max !== undefined) return [`at most ${max}${of}`];
  return min === undefined ? [] : [`at least ${min}${of}`];
}

/** A code span that may stand in a table, where a bar would end the cell. */
export function code(text: string): string {
  const ticks = text.includes('`') ? '``' : '`';
  return `${ticks}${text.replaceAll('|', '\\|')}${ticks}`;
}
