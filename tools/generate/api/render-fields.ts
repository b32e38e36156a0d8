import type { StructuralSchema } from '../../../packages/policy/src/validate/structural-schema.ts';
import { code, constraintsInWords } from './constraints-in-words.ts';

/** A table of all fields below one, each named by its path from there, `listening.requires.license`, and with an anchor of its own. */
export function renderFields(schema: StructuralSchema, anchor: string): string {
  return [
    '| Field | Type | Default | Description | Constraints |',
    '|---|---|---|---|---|',
    ...rows(schema, '', anchor),
    '',
  ].join('\n');
}

function rows(schema: StructuralSchema, path: string, anchor: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const here = `${path}${name}`;
    const required = schema.required?.includes(name) ? ['required'] : [];
    const cells = [
      `<a id="${anchor}-${here.replace(/[^A-Za-z]+/g, '-').toLowerCase()}"></a>${code(here)}`,
      typeOf(name, field),
      defaultOf(field),
      oneLine(field.description ?? ''),
      oneLine([...required, ...constraintsInWords(field)].join('; ')),
    ];
    return [`| ${cells.join(' | ')} |`, ...below(name, field, here, anchor)];
  });
}

/** The fields of what a field holds. Conditions are told of once for all kinds. */
function below(name: string, field: StructuralSchema, path: string, anchor: string): readonly string[] {
  if (name === 'conditions') return [];
  if (field.items?.type === 'object') {
    const rules = constraintsInWords(field.items).map(oneLine).join('; ');
    const item = `| ${code(`${path}[]`)} | object |  | ${oneLine(field.items.description ?? '')} | ${rules} |`;
    return [item, ...rows(field.items, `${path}[].`, anchor)];
  }
  return rows(field, `${path}.`, anchor);
}

function typeOf(name: string, { type, format, items, additionalProperties }: StructuralSchema): string {
  if (name === 'conditions') return '[[]Condition](#condition)';
  if (items) return `[]${items.type}`;
  if (additionalProperties) return `map of ${additionalProperties.type}`;
  return format === undefined ? type : `${type} (${format})`;
}

/** An empty object stands for the defaults of its own fields. */
function defaultOf({ default: value, items }: StructuralSchema): string {
  if (value === undefined || (items?.type === 'object' && Array.isArray(value) && value.length > 0))
    return '';
  const isEmpty = typeof value === 'object' && !Array.isArray(value);
  return isEmpty ? '' : code(JSON.stringify(value));
}

/** In a cell no line may break and no bar stand outside of code, where it is escaped already. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|')
    .replaceAll('<', '&lt;');
}
