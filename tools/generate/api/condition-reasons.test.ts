import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conditionReasons } from './condition-reasons.ts';

const root = join(import.meta.dirname, '../../..');

/** The code that makes conditions. */
const source = [
  'packages/policy/src/compile',
  'operator/status',
  'operator/install',
  'media-sidecar/node-report',
]
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(root, folder, file)))
  .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const told = new Set(conditionReasons.flatMap(({ reasons }) => reasons));

/** The first half of a reason that the code puts together, `Admission${…}`. */
const halves = /^(?:Admission|License|Right)(?=[A-Z])/;

test('every reason in the code that makes conditions is in the reference', () => {
  const written = [...source.matchAll(/(?:reason: |\bno\()'([A-Z][A-Za-z]+)'/g)].map(([, name = '']) => name);
  expect(written.length).toBeGreaterThan(20);
  const whole = new Set([...told, ...[...told].map((name) => name.replace(halves, ''))]);
  expect(written.filter((name) => !whole.has(name))).toEqual([]);
});

test('every reason in the reference is in that code, but for Stalled, which takes that of Ready', () => {
  const missing = [...told].filter((name) => {
    const half = name.replace(halves, '');
    return ![`'${name}'`, `'${half}'`, `}${half}\``].some((text) => source.includes(text));
  });
  expect(missing).toEqual(['as `Ready`']);
});
