import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { runHelm } from '@medlyssning/tools/helm/run-helm.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from './lib/r3/answer.ts';
import { attempts } from './lib/r3/attempts.ts';
import { type Actor, cast } from './lib/r3/cast.ts';
import { readR3Document } from './lib/r3/r3-document.ts';
import { R3World } from './lib/r3/r3-world.ts';

// R3 for two tenants that were installed by the charts: the administrator of one company, a sub-administrator of it, the administrator of
// the other, and a stranger, each with the token of a ServiceAccount, try everything that docs/r3.md knows.

const account = (namespace: string, name: string): Actor => ({
  login: { serviceAccount: { namespace, name } },
  bindings: [],
});
const tenants = {
  company: account('administration', 'helena'),
  sub: account('acme', 'eva'),
  neighbour: account('administration', 'bernt'),
  stranger: account('elsewhere', 'stranger'),
};
const { rows } = readR3Document();
let world: R3World;
let before: readonly string[];

beforeAll(async () => {
  world = await R3World.start({ ...cast, ...tenants }, installCharts);
  before = await world.revisions();
});
afterAll(() => world.stop());

describe.each(Object.keys(tenants))('%s', (actor) => {
  const expected = (operation: string): string => {
    const row = rows.find((candidate) => candidate.operation === operation);
    // Who holds no role is asked for one before anything else is looked at.
    return row?.answers.find((candidate) => candidate.actor === actor)?.answer ?? 'role';
  };

  test.each(Object.keys(attempts))('%s', async (operation) => {
    const answer = expected(operation);
    const response = await world.attempt(actor, operation, answer === 'yes' ? 'dry run' : 'for real');
    expect(answerOf(response)).toBe(answer);
  });
});

test('nothing of all that was written', async () => {
  expect(await world.revisions()).toEqual(before);
});

async function installCharts(cluster: ControlPlane): Promise<void> {
  const helm = async (...args: readonly string[]) => {
    const { ok, output } = await runHelm(args, cluster.adminKubeconfig);
    if (!ok) throw new Error(`helm ${args.join(' ')}:\n${output}`);
  };
  // The definitions are the control plane's already, and another's objects are not Helm's.
  const own = ['--set=crds.install=false', '--create-namespace'];
  await helm('install', 'medlyssning', 'charts/medlyssning', '-n', 'medlyssning-system', ...own);
  const acme = ['-f', 'examples/tenant/acme.yaml', '--set-file=usersCsv=examples/tenant/acme-users.csv'];
  await helm('install', 'acme', 'charts/medlyssning-tenant', '-n', 'acme', '--create-namespace', ...acme);
  const beta = ['-f', 'examples/tenant/beta.yaml'];
  await helm('install', 'beta', 'charts/medlyssning-tenant', '-n', 'beta', '--create-namespace', ...beta);
  for (const name of ['administration', 'elsewhere'])
    await cluster.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name } } });
  for (const { login } of Object.values(tenants)) {
    if (!('serviceAccount' in login)) continue;
    const { namespace, name } = login.serviceAccount;
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    const { status } = await cluster.request({ method: 'POST', path, body: { metadata: { name } } });
    if (status >= 300) throw new Error(`There is no ServiceAccount ${namespace}/${name}: ${status}`);
  }
}
