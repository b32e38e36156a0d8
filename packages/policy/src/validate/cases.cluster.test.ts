import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, type SchemaCase } from './cases.ts';
import { parseResources } from './parse-resources.ts';
import { ServerJudge, type ServerVerdict } from './server-judge.ts';

let cluster: ControlPlane;
let server: ServerJudge;

beforeAll(async () => {
  cluster = await startControlPlane();
  server = new ServerJudge(cluster);
  await server.storeBases();
});
afterAll(() => cluster.stop());

describe('the API server judges each case as the directory validator does', () => {
  it.each(cases)('$kind: $name', { concurrent: true }, async (one) => {
    expect(await judge(one, one.passes)).toMatchObject({ taken: true, causes: [] });
    const refused = await judge(one, one.fails);
    expect(refused).toMatchObject({ taken: false, status: 422 });
    const fields = fieldsOf(refused);
    expect(fields).toContain(one.field);
    for (const { field, message } of ours(one)) {
      expect(fields).toContain(field);
      // The text of a CEL rule is the same; others say it in their own words.
      if (message.startsWith(one.name)) expect(refused.message).toContain(message.slice(0, -1));
    }
  });
});

/** A status is judged at its own endpoint, a change as an update. */
function judge({ kind, field, previous }: SchemaCase, object: unknown): Promise<ServerVerdict> {
  if (typeof object !== 'object' || object === null) throw new Error('A case is an object.');
  if (field.startsWith('status')) return server.updateStatus(kind, object);
  return previous === undefined ? server.create(kind, object) : server.update(kind, object);
}

/** The fields that a refusal names. One that is too large for int32 is named in the message, from `spec` or from within `status`. */
function fieldsOf({ causes }: ServerVerdict): readonly string[] {
  return causes.flatMap(({ field = '', message = '' }) => {
    const [, inMessage] = / with format int32 in (\S+)$/.exec(message) ?? [];
    if (inMessage === undefined) return [field];
    return [inMessage.startsWith('spec.') ? inMessage : `status.${inMessage}`];
  });
}

function ours({
  fails,
  previous,
}: SchemaCase): readonly { readonly field: string; readonly message: string }[] {
  const before = previous === undefined ? [] : parse(previous).resources.map(({ resource }) => resource);
  return parse(fails, before).problems;
}

function parse(object: unknown, before: Parameters<typeof parseResources>[1] = []) {
  return parseResources([{ file: 'case.yaml', text: JSON.stringify(object) }], before);
}
