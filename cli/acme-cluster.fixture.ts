import { join } from 'node:path';
import {
  converged,
  type Hands,
  hands,
  startCluster,
  startOperatorHere,
} from '@medlyssning/operator/cluster.fixture.ts';
import type { Operator } from '@medlyssning/operator/operator.ts';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { expect, vi } from 'vitest';
import { type Ran, runHere } from './run-here.ts';

const root = join(import.meta.dirname, '..');
export const acmeFolder = join(root, 'examples', 'acme');
export const rbac = '/apis/rbac.authorization.k8s.io/v1';

/** A cluster with the examples in it, compiled by an operator. */
export interface AcmeCluster extends AsyncDisposable {
  readonly plane: ControlPlane;
  readonly hands: Hands;
  readonly operator: Operator;
  /** Kubeconfigs of one who may read all of acme, and of one who may switch profiles there. */
  readonly viewer: string;
  readonly pbx: string;
  post(path: string, body: object): Promise<unknown>;
  /** A person who has the role in this namespace; their kubeconfig. */
  personWith(user: string, role: string, kind?: string): Promise<string>;
}

/** Runs a command in the namespace acme, as the person of this kubeconfig. */
export const as = (kubeconfig: string, ...args: readonly string[]): Promise<Ran> =>
  runHere([...args, '--kubeconfig', kubeconfig, '-n', 'acme']);

export const acmeCluster = async (): Promise<AcmeCluster> => {
  const plane = await startCluster();
  const post = async (path: string, body: object) => {
    const { status, body: answer } = await plane.request({ method: 'POST', path, body });
    expect([path, status, answer]).toEqual([path, 201, answer]);
    return answer;
  };
  const personWith = async (user: string, role: string, kind = 'ClusterRole'): Promise<string> => {
    await post(`${rbac}/namespaces/acme/rolebindings`, {
      metadata: { name: user },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role },
      subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }],
    });
    await untilEffective(plane, user);
    return plane.kubeconfigFor({ user });
  };
  await plane.applyFiles([acmeFolder, join(root, 'examples', 'beta')]);
  const viewer = await personWith('vera', 'medlyssning-viewer');
  const pbx = await personWith('pbx', 'medlyssning-pbx');
  // What stands in the files about active profiles, said as a PBX says it.
  const since = ['--since', '2025-01-07T07:00:00Z'];
  expect(await as(pbx, 'profile', 'anna', 'kundtjanst', ...since)).toEqual({
    code: 0,
    stdout: 'acme/anna has the profile kundtjanst since 2025-01-07T07:00:00.000Z, before it inne.\n',
    stderr: '',
  });
  const bo = await as(pbx, 'profile', 'bo', 'lunch', '--since', '2025-01-07T11:00:00Z');
  expect(bo).toMatchObject({ code: 0, stderr: '' });
  const operator = await startOperatorHere(plane);
  const people = hands(plane);
  await converged(people);
  return {
    plane,
    hands: people,
    operator,
    viewer,
    pbx,
    post,
    personWith,
    async [Symbol.asyncDispose]() {
      await operator.stop();
      await plane.stop();
    },
  };
};

/** The API server takes a moment to see a new role; each of these may list users. */
const untilEffective = async (plane: ControlPlane, user: string): Promise<void> => {
  const client = await plane.clientFor({ user });
  const path = '/apis/medlyssning.dev/v1alpha1/namespaces/acme/users';
  const list = async () => (await client.request({ method: 'GET', path })).status;
  await vi.waitFor(async () => expect(await list()).toBe(200), { timeout: 10_000 });
  client.close();
};
