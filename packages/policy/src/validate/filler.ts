import type { Path } from './problem.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** Texts of a given length in the forms that the CRDs know; the first that fits a schema is taken. */
const texts: readonly ((length: number) => string)[] = [
  (length) => 'å'.repeat(length),
  (length) => 'a'.repeat(length),
  (length) => 'A'.repeat(length),
  (length) => '1'.repeat(length),
  (length) => `+${'4'.repeat(length - 1)}`,
  (length) => `*${'2'.repeat(Math.max(0, length - 2))}*`,
  (length) => `${'a'.repeat(Math.max(0, length - 5))}:8443`,
  (length) =>
    'a'
      .repeat(62)
      .concat('.')
      .repeat(Math.ceil(length / 63))
      .slice(0, length),
  (length) => `${'a'.repeat(64)}@${'b'.repeat(Math.max(0, length - 65))}`,
  (length) => `2026-06-01T00:00:00.${'0'.repeat(Math.max(0, length - 26))}+02:00`,
];

/** A text of this many characters that has the form a schema asks for; undefined where its form allows no such length. */
export function textOfLength(schema: StructuralSchema, length: number): string | undefined {
  const form = new RegExp(schema.pattern ?? '', 'u');
  return texts
    .map((text) => text(Math.max(1, length)))
    .find((text) => [...text].length === length && form.test(text));
}

/** One of many entries that differ from each other, by the name of their list. */
const entries: Readonly<Record<string, (i: number) => unknown>> = {
  domains: (i) => `a${i}.example`,
  numberRanges: (i) => `+46${i}`,
  allowedDevices: (i) => ['MobileSubscription', 'MobileApp', 'Desk', 'Softphone', 'Browser', 'Fax'][i],
  values: (i) => `value-${i}`,
  matchExpressions: (i) => ({ key: `label-${i}`, operator: 'Exists' }),
  devices: (i) => ({ name: `device-${i}`, kind: 'Desk', number: `+468465${1000 + i}` }),
  requires: (i) => `Rule${i}`,
  conditions: (i) => ({
    type: `Type${i}`,
    status: 'True',
    lastTransitionTime: '2026-01-07T08:00:00Z',
    reason: 'Compiled',
    message: '',
  }),
};

/** Entries of the ForkPolicy's lists, which have the same names as others. */
const compiled: typeof entries = {
  users: (i) => ({
    name: `user-${i}`,
    displayName: 'A',
    devices: [],
    licensed: false,
    mayListen: false,
    profiles: [],
    activeProfile: { name: 'inne' },
  }),
  profiles: (i) => ({ name: `profile-${i}`, allowListening: false }),
};

/** This many different entries for a list. */
export function manyItems(path: Path, schema: StructuralSchema, count: number): readonly unknown[] {
  const name = String(path.at(-1));
  const entry = (schema.items?.type === 'object' ? compiled[name] : undefined) ?? entries[name];
  return Array.from({ length: count }, (_, i) => (entry ? entry(i) : `name-${i}`));
}
