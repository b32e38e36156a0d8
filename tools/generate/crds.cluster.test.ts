import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StructuralSchema } from '../../packages/policy/src/validate/structural-schema.ts';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { readCrds } from './read-crds.ts';

const folder = join(import.meta.dirname, '..', '..', 'crds');
const crds = readCrds(folder);
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
});
afterAll(() => cluster.stop());

describe('the definitions', () => {
  it('are taken without a warning', async () => {
    expect(await cluster.applyFiles([folder])).toEqual([]);
  });

  it('are structural and established', async () => {
    const list = await cluster.kubectl(['get', 'crds', '-o', `jsonpath=${conditionsOfEach}`]);
    expect(list.output.split('\n').filter(Boolean)).toEqual(
      crds.map(() => 'NamesAccepted=True Established=True '),
    );
  });

  it('are in the OpenAPI document from which clients read them', async () => {
    // It is put together a moment after the kinds are served.
    await expect
      .poll(kindsInOpenApi)
      .toEqual(expect.arrayContaining(crds.map(({ kind }) => `dev.medlyssning.v1alpha1.${kind}`)));
  });
});

const conditionsOfEach = '{range .items[*]}{range .status.conditions[*]}{.type}={.status} {end}{"\\n"}{end}';

async function kindsInOpenApi(): Promise<readonly string[]> {
  const path = '/openapi/v3/apis/medlyssning.dev/v1alpha1';
  const { status, body } = await cluster.request({ method: 'GET', path });
  if (status !== 200) return [];
  return Object.keys((body as { readonly components: { readonly schemas: object } }).components.schemas);
}

describe('kubectl explain', () => {
  it.each(crds)('knows every field of $kind', async ({ kind, schema }) => {
    const { ok, output } = await cluster.kubectl(['explain', kind, '--recursive']);
    expect(ok).toBe(true);
    const lines = output.split('\n').map((line) => line.trim().split('\t')[0]);
    for (const name of fieldNames(schema)) expect(lines).toContain(name);
  });

  it('shows what is written in the definition, with choices and defaults', async () => {
    const { output } = await cluster.kubectl(['explain', 'company.spec.listening.internalCalls']);
    expect(output.replace(/\s+/g, ' ')).toContain(
      "FIELD: internalCalls <string> ENUM: Target Both DESCRIPTION: Whose profile a call between two colleagues asks (R4): Target asks the target's only, Both asks the other colleague's too.",
    );
  });
});

function fieldNames(schema: StructuralSchema): readonly string[] {
  const fields = Object.entries(schema.properties ?? {});
  return [
    ...fields.flatMap(([name, field]) => [name, ...fieldNames(field)]),
    ...(schema.items ? fieldNames(schema.items) : []),
  ];
}
