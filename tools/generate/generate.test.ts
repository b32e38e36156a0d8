import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCrds } from './read-crds.ts';
import { renderSchemas } from './render-schemas.ts';
import { renderTypes } from './render-types.ts';

const root = join(import.meta.dirname, '../..');
const generated = (file: string) => readFileSync(join(root, 'packages/policy/src/generated', file), 'utf8');

describe('the generator', () => {
  it('finds what is committed as crds/ gives it', () => {
    const crds = readCrds(join(root, 'crds'));
    expect(renderTypes(crds)).toBe(generated('resources.ts'));
    expect(renderSchemas(crds)).toBe(generated('schemas.ts'));
  });

  it('makes a field with a default one that is never absent, and says the default', () => {
    const types = renderTypes([
      {
        kind: 'Lamp',
        plural: 'lamps',
        shortNames: [],
        columns: [],
        selectableFields: [],
        apiVersion: 'example.dev/v1',
        schema: {
          type: 'object',
          properties: {
            spec: {
              type: 'object',
              properties: {
                on: { type: 'boolean', description: 'Does it shine?', default: false },
                colours: { type: 'array', items: { type: 'string', enum: ['red', 'blue'] } },
              },
            },
            status: { type: 'object' },
          },
        },
      },
    ]);
    expect(types).toContain(`export interface LampSpec {
  /** Does it shine? Default: \`false\`. */
  readonly on: boolean;
  readonly colours?: readonly ('red' | 'blue')[];
}`);
  });
});
