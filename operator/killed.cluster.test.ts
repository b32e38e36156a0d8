import type { User } from '@medlyssning/policy';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  converged,
  examples,
  freshPolicies,
  type Hands,
  hands,
  operatorAccount,
  policiesThere,
  startCluster,
} from './cluster.fixture.ts';
import { eachAtMost } from './compile/each-at-most.ts';
import { startOperatorProcess } from './process.fixture.ts';

let cluster: ControlPlane;
let at: Hands;
let operator: RunningProcess | undefined;

beforeAll(async () => {
  cluster = await startCluster();
  at = hands(cluster);
  await cluster.applyFiles(examples);
});
afterAll(async () => {
  await operator?.kill();
  await cluster?.stop();
});

const user = (name: string): User => ({
  apiVersion: 'medlyssning.dev/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'acme' },
  spec: { companyRef: { name: 'acme' }, displayName: name, devices: [], profiles: ['inne'] },
});

/** A generator with a seed, so that a failure can be had again (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

/** The one that was killed cannot give its Lease back; a test need not wait until it is over. */
const forgetLease = () =>
  cluster.request({
    method: 'DELETE',
    path: `/apis/coordination.k8s.io/v1/namespaces/${operatorAccount.namespace}/leases/medlyssning-operator`,
  });

test('killed at any moment of a change, the next one comes to exactly what a fresh compile gives', async () => {
  const seed = Date.now() % 1_000_000;
  const random = randomOf(seed);
  let made = 0;
  const there: string[] = [];
  const change = async (): Promise<void> => {
    switch (random(5)) {
      case 0: {
        const names = Array.from({ length: 20 + random(120) }, () => `made-${made++}`);
        await eachAtMost(16, names, async (name) => void (await at.create(user(name))));
        there.push(...names);
        return;
      }
      case 1:
        await eachAtMost(
          16,
          there.splice(0, random(100)),
          async (name) => void (await at.remove('User', 'acme', name)),
        );
        return;
      case 2: {
        const users = ['karin', 'sven', 'filip', 'greta'].filter(() => random(2) === 0);
        await at.patch('Entitlement', 'acme', 'medlyssning', { spec: { users } });
        return;
      }
      case 3:
        await at.patch('Company', 'acme', 'acme', {
          spec: { listening: { maxListenersPerCall: 1 + random(9) } },
        });
        return;
      default: {
        const [policy] = await at.list('ForkPolicy');
        if (policy)
          await at.patch('ForkPolicy', policy.metadata.namespace, policy.metadata.name, {
            spec: { users: [] },
          });
      }
    }
  };

  for (let round = 0; round < 10; round++) {
    operator = await startOperatorProcess(cluster, `round-${round}`);
    const changing = (async () => {
      for (let i = 0; i < 4; i++) await change();
    })();
    await new Promise((later) => setTimeout(later, random(1_500)));
    await operator.kill();
    await changing;
    await forgetLease();
  }
  operator = await startOperatorProcess(cluster, 'last');
  await converged(at, 30_000);
  expect(await policiesThere(at), `seed ${seed}`).toEqual(await freshPolicies(at));
  expect(await operator.stop(10_000)).toMatchObject({ code: 0 });
}, 180_000);
