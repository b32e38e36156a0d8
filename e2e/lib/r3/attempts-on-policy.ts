import type { AdminRequest } from '@medlyssning/tools/control-plane/admin-client.ts';
import type { Around, Attempts } from './attempts.ts';
import { sidecarNode, sidecarPod } from './cast.ts';
import { apply, create, type Json, jsonPatch, merge, remove } from './requests.ts';

const policy = 'forkpolicies/acme-0-of-1';
const home = 'medlyssning-system';
const fine = {
  type: 'Ready',
  status: 'True',
  lastTransitionTime: '2026-03-01T12:00:00Z',
  reason: 'Fine',
  message: 'Nothing to see here.',
};
const forge = [{ op: 'replace', path: '/spec/users/0/mayListen', value: true }];

/** A copy of Acme's policy under another name, in which everyone may listen. */
async function forged({ read }: Around): Promise<AdminRequest> {
  const { spec } = await read(policy);
  const users = rowsOf(spec).map((row) => ({ ...row, mayListen: true }));
  return create('forkpolicies', { name: 'acme-1-of-2' }, { ...spec, shard: { index: 1, count: 2 }, users });
}

function rowsOf(spec: Json): readonly Json[] {
  return spec['users'] as readonly Json[];
}

/** What the operator and the sidecars write. */
export const attemptsOnPolicy: Attempts = {
  'create a ForkPolicy': forged,
  'change a ForkPolicy': () => jsonPatch(policy, forge),
  "change a ForkPolicy under the operator's field manager": async ({ read }) => {
    const { spec } = await read(policy);
    const users = rowsOf(spec).map((row) => ({ ...row, mayListen: true }));
    return apply(policy, { spec: { ...spec, users } }, 'medlyssning-operator');
  },
  'take a ForkPolicy out of its pool (its labels)': () =>
    merge(policy, { metadata: { labels: { 'medlyssning.dev/pool': 'other' } } }),
  'write the status of a ForkPolicy': () => merge(`${policy}/status`, { status: { conditions: [fine] } }),
  'delete a ForkPolicy (the operator puts it back)': () => remove(policy),
  "create one's own MediaNode, named as the Kubernetes node": () =>
    create('medianodes', { name: sidecarNode }, { pool: 'default' }, home),
  "apply one's own MediaNode, named as the pod": () =>
    apply(`medianodes/${sidecarPod}`, { spec: { pool: 'default' } }, 'medlyssning-sidecar', home),
  'create the MediaNode of another': () =>
    create('medianodes', { name: 'node-c' }, { pool: 'default' }, home),
  'change the MediaNode of another': () => merge('medianodes/node-b', { spec: { pool: 'other' } }, home),
  'say for another which policy it enforces': () =>
    merge('medianodes/node-b/status', { status: { policyResourceVersion: '999999' } }, home),
  'delete the MediaNode of another': () => remove('medianodes/node-b', home),
  "create a MediaNode in the company's namespace": () =>
    create('medianodes', { name: 'mine' }, { pool: 'default' }),
};
