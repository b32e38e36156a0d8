import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeCluster, acmeCluster, acmeFolder, as } from '../acme-cluster.fixture.ts';
import { openOrigin } from '../source/open-origin.ts';
import type { Origin } from '../source/origin.ts';
import { explain } from './explain.ts';
import { compileOrigin } from './in-force.ts';
import { supposeNothing } from './supposed.ts';
import { whoCanListen } from './who-can-listen.ts';

const at = new Date('2026-03-02T10:00:00Z');

let cluster: AcmeCluster;
beforeAll(async () => {
  cluster = await acmeCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

describe('a viewer of the company', () => {
  let inCluster: Origin;
  let inFolder: Origin;
  beforeAll(async () => {
    inCluster = (await openOrigin({ kubeconfig: cluster.viewer, namespace: 'acme' }, ['karin'])).origin;
    inFolder = (await openOrigin({ filename: acmeFolder }, [])).origin;
  });

  /** As the folder says it, without files and lines, and times as Kubernetes writes them. */
  const comparable = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (key, one) => (key === 'place' ? undefined : one))
        .replace(/ \([^ ()]+\.yaml:\d+\)/g, '')
        .replace(/(:\d\d)\.000Z/g, '$1Z'),
    );

  it('gets the same explanation from the cluster as from the folder, for everybody and everybody', () => {
    const names = [...compileOrigin(inFolder, at).resources].flatMap(({ kind, metadata }) =>
      kind === 'User' ? [metadata.name] : [],
    );
    const reasons = new Set<string>();
    for (const listener of names)
      for (const target of names) {
        const asked = { listener, target, device: undefined, at, supposed: supposeNothing };
        const options = { namespace: 'acme', language: 'en' } as const;
        const told = explain(asked, inCluster, options);
        expect(comparable(told)).toEqual(comparable(explain(asked, inFolder, options)));
        reasons.add(told.reason);
      }
    expect(names).toHaveLength(12);
    expect([...reasons].toSorted()).toEqual([
      'Allowed',
      'DeviceNotAllowed',
      'ListenerLicenseMissing',
      'ListenerRightMissing',
      'ProfileForbids',
      'TargetIsListener',
      'TargetLicenseMissing',
    ]);
  });

  it('gets the same people who may listen', () => {
    for (const target of ['anna', 'bo', 'cilla', 'karin']) {
      const [here, there] = [inCluster, inFolder].map((origin) => whoCanListen(target, at, origin, 'acme'));
      expect(here).toEqual(there);
      expect(here?.listeners.length).toBeGreaterThan(1);
    }
  });
});

describe('while the operator is away', () => {
  it('says what media nodes still answer', async () => {
    await cluster.operator.stop();
    const { spec } = await cluster.hands.get('Entitlement', 'acme', 'medlyssning');
    const users = spec.users?.filter((name) => name !== 'karin');
    await cluster.hands.patch('Entitlement', 'acme', 'medlyssning', { spec: { users } });
    const { code, stdout } = await as(cluster.viewer, 'explain', '--listener', 'karin', '--target', 'anna');
    expect(code).toBe(1);
    expect(stdout).toContain('Karin Ek may not listen to Anna Berg: ListenerRightMissing.');
    expect(stdout).toContain('Entitlement acme/medlyssning  spec.users: does not name karin\n');
    expect(stdout).toMatch(/^Note: Media nodes answer Allowed still: /m);
  });

  it('says what it does not know of a policy that requires more, and takes it for one without users', async () => {
    await cluster.hands.patch('ForkPolicy', 'acme', 'acme-0-of-1', { spec: { requires: ['QuietHours'] } });
    const { stdout } = await as(cluster.viewer, 'explain', '--listener', 'sven', '--target', 'anna');
    expect(stdout).toMatch(/^Note: Media nodes answer ListenerUnknown: /m);
    expect(stdout).toMatch(
      /^Note: Counts for nothing: ForkPolicy acme\/acme-0-of-1: spec\.requires: .*does not know QuietHours,/m,
    );
  });
});
