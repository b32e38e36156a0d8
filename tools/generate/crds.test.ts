import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { StructuralSchema } from '../../packages/policy/src/validate/structural-schema.ts';
import { readCrds } from './read-crds.ts';

const folder = join(import.meta.dirname, '..', '..', 'crds');

test.each(readCrds(folder))('every field of $kind is documented in sentences', ({ schema }) => {
  // What these are is said by Kubernetes.
  const { apiVersion: _, kind: __, metadata: ___, ...properties } = schema.properties ?? {};
  const silent = undocumented({ ...schema, properties }, '');
  expect(silent).toEqual([]);
});

/** The fields whose description is missing, or no sentence. */
function undocumented(schema: StructuralSchema, path: string): readonly string[] {
  const here = /^\S.{10,}[.?]\)?$/s.test(schema.description ?? '') ? [] : [path];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    undocumented(field, `${path}.${name}`),
  );
  // `kubectl explain` shows a list or map together with what is in it, when that is no object.
  const items = schema.items?.type === 'object' ? undocumented(schema.items, `${path}[]`) : [];
  return [...here, ...fields, ...items];
}

test('every printer column that is no field of the same name says what it shows', () => {
  const silent = readdirSync(folder).flatMap((file) => {
    const { spec } = parse(readFileSync(join(folder, file), 'utf8'));
    return spec.versions.flatMap(({ additionalPrinterColumns }: { additionalPrinterColumns: Column[] }) =>
      additionalPrinterColumns
        .filter(({ name, jsonPath, description }) => description === undefined && !isPlain(name, jsonPath))
        .map(({ name }) => `${file} ${name}`),
    );
  });
  expect(silent).toEqual([]);
});

interface Column {
  readonly name: string;
  readonly jsonPath: string;
  readonly description?: string;
}

/** `Seats` shows `.spec.seats`, `Ready` the condition of that type, `Reason` its reason, `Age` the age. */
function isPlain(name: string, jsonPath: string): boolean {
  const last = jsonPath.split('.').at(-1) ?? '';
  const plain = name.replaceAll('-', '').toLowerCase();
  return jsonPath.toLowerCase().includes(plain) || last.toLowerCase().startsWith(plain) || name === 'Age';
}
