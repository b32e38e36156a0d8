import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StructuralSchema } from '../../../packages/policy/src/validate/structural-schema.ts';
import { readCrds } from '../read-crds.ts';
import { constraintsInWords } from './constraints-in-words.ts';
import { renderApi } from './render-api.ts';
import { renderFields } from './render-fields.ts';

const crds = readCrds(join(import.meta.dirname, '../../../crds'));
const api = renderApi(crds);

test.each(crds)(
  'every field, rule and column of $kind stands in its section',
  ({ kind, schema, columns }) => {
    const section = api.split(/^## /m).find((part) => part.startsWith(`${kind}\n`)) ?? '';
    const { spec, status } = schema.properties ?? {};
    for (const part of [spec, status])
      for (const text of part ? toldOf(part, '') : []) expect(section).toContain(text);
    for (const { name } of columns) expect(section).toMatch(new RegExp(`\\| ${name}( \\(wide\\))? \\|`));
    expect(columns.length).toBeGreaterThan(3);
  },
);

/** Paths as code and messages of rules, of a schema and all below it. */
function toldOf(schema: StructuralSchema, path: string): readonly string[] {
  return [
    ...(schema['x-kubernetes-validations'] ?? []).map(({ message }) => message),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      `\`${path}${name}\``,
      ...(name === 'conditions' ? [] : toldOf(field, `${path}${name}.`)),
    ]),
    ...(schema.items ? toldOf(schema.items, `${path.replace(/\.$/, '')}[].`) : []),
  ];
}

test('a field says its type, default and what is refused', () => {
  const field: StructuralSchema = {
    type: 'object',
    required: ['colours'],
    properties: {
      colours: {
        type: 'array',
        description: 'Colours | hues.',
        default: ['red'],
        maxItems: 3,
        'x-kubernetes-list-type': 'set',
        items: { type: 'string', pattern: 'a|b' },
      },
    },
  };
  expect(renderFields(field, 'lamp').split('\n')[2]).toBe(
    '| <a id="lamp-colours"></a>`colours` | []string | `["red"]` | Colours \\| hues. | required; at most 3 items; no item twice; each: matches `a\\|b` |',
  );
});

test.each<[StructuralSchema, string]>([
  [{ type: 'integer', minimum: 1, maximum: 5 }, '1 to 5'],
  [{ type: 'integer', minimum: 0 }, 'at least 0'],
  [{ type: 'string', enum: ['a', 'b'] }, 'one of `a`, `b`'],
  [{ type: 'object', maxProperties: 2 }, 'at most 2 entries'],
  [{ type: 'array', 'x-kubernetes-list-map-keys': ['name'] }, 'no two items with the same `name`'],
  [{ type: 'string', 'x-kubernetes-validations': [{ rule: 'self', message: 'be so' }] }, 'be so'],
])('%o: %s', (schema, words) => {
  expect(constraintsInWords(schema)).toEqual([words]);
});
