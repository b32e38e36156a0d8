import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { prometheusDefinitions } from '@medlyssning/tools/helm/prometheus-definitions.ts';
import { renderChart, renderText } from '@medlyssning/tools/helm/render-chart.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saidAgainst, saidAgainstPod } from './lib/charts/dry-run.ts';
import { wrongPlatformValues } from './lib/charts/platform-cases.ts';
import {
  mediaCaseNames,
  mediaKindOf,
  platformCaseNames,
  platformValues,
  renderPlatform,
} from './lib/charts/render-platform.ts';
import { namesOf, type PodTemplate, podTemplateIn } from './lib/charts/workloads.ts';

// What charts/medlyssning renders, held against a real API server: every switch in each of its positions.

const home = 'medlyssning-system';
const chownsAFolder = [
  'unrestricted capabilities',
  'restricted volume types',
  'runAsNonRoot != true',
  'runAsUser=0',
];
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.applyFiles(await prometheusDefinitions());
  for (const [name, level] of [
    [home, 'privileged'],
    ['baseline', 'baseline'],
    ['restricted', 'restricted'],
  ] as const) {
    const labels = { 'pod-security.kubernetes.io/enforce': level };
    await cluster.request({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { metadata: { name, labels } },
    });
    const account = `/api/v1/namespaces/${name}/serviceaccounts`;
    // The controller makes it a moment later; a pod is not admitted without.
    await cluster.request({ method: 'POST', path: account, body: { metadata: { name: 'default' } } });
  }
});
afterAll(() => cluster.stop());

describe.each(platformCaseNames)('%s', (name) => {
  test('the API server takes every object, and warns of none', async () => {
    expect(await saidAgainst(cluster, await renderPlatform(name))).toEqual([]);
  });

  test('Helm 3 and Helm 4 render the same', async () => {
    const values = platformValues(name);
    expect(await renderText({ chart: 'medlyssning', values, helm: 3 })).toBe(
      await renderText({ chart: 'medlyssning', values, helm: 4 }),
    );
  });

  test('the pod of the operator is admitted where Pod Security is restricted', async () => {
    const pod = podTemplateIn(await renderPlatform(name), 'Deployment', 'medlyssning-operator');
    expect(await saidAgainstPod(cluster, 'restricted', pod)).toBeUndefined();
  });
});

describe.each(mediaCaseNames)('%s', (name) => {
  test('its pod violates nothing of Pod Security but what the network and a folder of the node take', async () => {
    const pod = podTemplateIn(await renderPlatform(name), mediaKindOf(name), 'medlyssning-media');
    const onHost = pod.spec['hostNetwork'] === true;
    const folder = pod.spec.volumes?.some((volume) => 'hostPath' in volume) ?? false;
    const network = onHost ? ['host namespaces', 'hostPort'] : [];
    expect(await violations('baseline', pod)).toEqual(
      [...network, ...(folder ? ['hostPath volumes'] : [])].toSorted(),
    );
    expect(await violations('restricted', pod)).toEqual(
      [...network, ...(folder ? chownsAFolder : [])].toSorted(),
    );
    expect(await violations(home, pod)).toEqual([]);
  });
});

test('definitions and admission policies are kept at uninstall, or else not, and nothing else is', async () => {
  const kept = async (name: string) =>
    namesOf(
      (await renderPlatform(name)).filter((object) =>
        JSON.stringify(object.metadata).includes('"helm.sh/resource-policy":"keep"'),
      ),
    );
  expect(await kept('nothing kept')).toEqual([]);
  const kinds = (await kept('complete')).map((name) => name.split(' ')[0]);
  expect(
    Object.entries(Object.groupBy(kinds, (kind) => kind ?? '')).map(([kind, all]) => [kind, all?.length]),
  ).toEqual([
    ['CustomResourceDefinition', 6],
    ['ValidatingAdmissionPolicy', 7],
    ['ValidatingAdmissionPolicyBinding', 7],
  ]);
});

test('alerts and dashboards are those of files/, when they are asked for', async () => {
  const ofThem = (objects: Awaited<ReturnType<typeof renderPlatform>>) =>
    namesOf(objects).filter((name) => /^PrometheusRule |^ConfigMap medlyssning-dashboard-/.test(name));
  expect(ofThem(await renderPlatform('complete'))).toEqual([]);
  const files = (folder: string) =>
    readdirSync(join(import.meta.dirname, '../charts/medlyssning/files', folder));
  expect(ofThem(await renderPlatform('monitored')).toSorted()).toEqual([
    ...files('dashboards').map((file) => `ConfigMap medlyssning-dashboard-${file.replace('.json', '')}`),
    ...files('alerts').map((file) => `PrometheusRule medlyssning-${file.replace('.yaml', '')}`),
  ]);
});

test('nothing names the namespace of the tests when it is installed elsewhere', async () => {
  const text = await renderText({
    chart: 'medlyssning',
    values: platformValues('complete'),
    namespace: 'telephony',
  });
  expect(text).not.toContain(home);
});

test.each(wrongPlatformValues)('%s: refused, and the value named', async (_, values, message) => {
  for (const helm of [3, 4] as const)
    await expect(renderChart({ chart: 'medlyssning', values, helm })).rejects.toThrow(message);
});

/** What the levels of Pod Security that a namespace enforces have against a pod, by their own headings. */
async function violations(namespace: string, pod: PodTemplate): Promise<readonly string[]> {
  const said = await saidAgainstPod(cluster, namespace, pod);
  if (said === undefined) return [];
  const list = /violates PodSecurity "[a-z]+:latest": (.*)$/.exec(said)?.[1];
  if (list === undefined) throw new Error(said);
  // Each is followed by who does it, in parentheses that may hold others.
  return list
    .split(/, (?=[A-Za-z ]+(?: != true|=0)? \()/)
    .map((item) => item.replace(/ \(.*$/, ''))
    .toSorted();
}
