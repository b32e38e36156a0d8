import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Kind, schemas } from '../generated/schemas.ts';
import { caseBases, withField } from './case-bases.ts';
import { constraintsOf, valueAt } from './constraints.ts';
import { parseResources } from './parse-resources.ts';
import { pathText } from './problem.ts';
import { ServerJudge } from './server-judge.ts';

let cluster: ControlPlane;
let server: ServerJudge;

beforeAll(async () => {
  cluster = await startControlPlane();
  server = new ServerJudge(cluster);
  await server.storeBases();
});
afterAll(() => cluster.stop());

const fields = (Object.keys(schemas) as readonly Kind[]).flatMap((kind) =>
  constraintsOf(schemas[kind])
    .filter(({ path }) => path.length > 1 && path[0] !== 'metadata')
    .filter(({ path }) => valueAt(caseBases[kind], path) !== undefined)
    .map(({ path }) => ({ kind, path })),
);

/** Values that are nearly right: what stands in the bases, with a character or an entry more or less, and of other types. */
const values = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    '',
    ' ',
    'a',
    'A',
    '0',
    '+46',
    '*28*',
    {},
    [],
    [null],
    ['a', 'a'],
    { a: 1 },
  ),
  fc.constantFrom(
    '2026-06-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-06-01T00:00:60Z',
    '2026-06-01T25:00:00+02:00',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('a', 'Z', '0', '.', '-', '@', '+', '*', '_', ':', '/', 'å', '\n', '😀'),
    maxLength: 70,
  }),
  fc.stringMatching(/^[+]?[0-9 ()/.-]{1,33}$/),
  fc.stringMatching(/^[a-z0-9.-]{1,66}(@[a-z0-9.-]{1,5})?$/),
  fc.integer({ min: -5, max: 100_000 }),
);

it('an object with any field set to anything is judged alike by the API server and the validator', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields), values, async ({ kind, path }, value) => {
      const object = withField(caseBases[kind], path, value);
      if (typeof object !== 'object' || object === null) return;
      const verdict = await (path[0] === 'status'
        ? server.updateStatus(kind, object)
        : server.create(kind, object));
      const { problems } = parseResources([{ file: 'case.yaml', text: JSON.stringify(object) }]);
      const ours = problems.map(({ field, message }) => `${field}: ${message}`);
      expect(
        { taken: ours.length === 0, ours },
        `${kind} ${pathText(path)}: the API server says: ${verdict.message}`,
      ).toEqual({
        taken: verdict.taken,
        ours,
      });
    }),
    { numRuns: 1000 },
  );
});
