import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillInEnvironment } from '@medlyssning/media-sidecar/config/fill-in-environment.ts';
import { checkConfig } from '@medlyssning/media-sidecar/config/load-config.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { prometheusDefinitions } from '@medlyssning/tools/helm/prometheus-definitions.ts';
import { renderChart, renderText } from '@medlyssning/tools/helm/render-chart.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { saidAgainst, saidAgainstPod } from './lib/charts/dry-run.ts';
import { platformCases, wrongPlatformValues } from './lib/charts/platform-cases.ts';
import { namesOf, objectIn, type PodTemplate, podTemplateIn, sidecarYamlIn } from './lib/charts/workloads.ts';

// What charts/medlyssning renders, held against a real API server: every switch in each of its positions.

const chart = 'medlyssning';
const home = 'medlyssning-system';
const cases = Object.keys(platformCases);
const valuesOf = (name: string) => platformCases[name] ?? {};
const render = (name: string) => renderChart({ chart, values: valuesOf(name) });
const withMedia = cases.filter((name) => 'media' in valuesOf(name));
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

describe.each(cases)('%s', (name) => {
  test('the API server takes every object, and warns of none', async () => {
    expect(await saidAgainst(cluster, await render(name))).toEqual([]);
  });

  test('Helm 3 and Helm 4 render the same', async () => {
    const values = valuesOf(name);
    expect(await renderText({ chart, values, helm: 3 })).toBe(await renderText({ chart, values, helm: 4 }));
  });

  test('the pod of the operator is admitted where Pod Security is restricted', async () => {
    const pod = podTemplateIn(await render(name), 'Deployment', 'medlyssning-operator');
    expect(await saidAgainstPod(cluster, 'restricted', pod)).toBeUndefined();
  });
});

describe.each(withMedia)('%s', (name) => {
  const kind = JSON.stringify(valuesOf(name)).includes('DaemonSet') ? 'DaemonSet' : 'StatefulSet';

  test('the sidecar takes its configuration', async () => {
    const environment = {
      POD_IP: '10.0.0.7',
      POD_NAME: 'medlyssning-media-0',
      NODE_NAME: 'node-a',
      AUDIT_POSTGRES_URL: 'postgres://medlyssning@db.example/audit',
    };
    const { value, missing } = fillInEnvironment(parse(sidecarYamlIn(await render(name))), environment);
    expect(missing).toEqual([]);
    const config = checkConfig(value, 'sidecar.yaml');
    expect(config.node).toBe(kind === 'DaemonSet' ? 'node-a' : 'medlyssning-media-0');
    expect(config.policy).toMatchObject({ kubernetes: { namespace: home } });
  });

  test('its pod violates nothing of Pod Security but what the network and a folder of the node take', async () => {
    const pod = podTemplateIn(await render(name), kind, 'medlyssning-media');
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

  test('nothing stands before the call engine, and the engines end after the sidecar', async () => {
    const { initContainers = [], containers } = podTemplateIn(
      await render(name),
      kind,
      'medlyssning-media',
    ).spec;
    const engines = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
    const complete = JSON.stringify(valuesOf(name)).includes('"complete"');
    expect(engines.map(({ name }) => name)).toEqual(
      complete ? ['call-engine', 'listening-engine'] : ['listening-engine'],
    );
    expect(initContainers[0]).toBe(engines[0]);
    expect(containers.map(({ name }) => name)).toEqual(['media-sidecar']);
    const probed = engines.filter((engine) => 'livenessProbe' in engine || 'startupProbe' in engine);
    expect(probed).toEqual([
      expect.objectContaining({
        name: 'listening-engine',
        livenessProbe: expect.objectContaining({
          httpGet: { path: '/healthz/listening-engine', port: 9464 },
        }),
      }),
    ]);
    expect(probed[0]).not.toHaveProperty('startupProbe');
  });

  test('only the sidecar holds a token of the API server', async () => {
    const { spec } = podTemplateIn(await render(name), kind, 'medlyssning-media');
    expect(spec.automountServiceAccountToken).toBe(false);
    const holders = [...(spec.initContainers ?? []), ...spec.containers].filter(({ volumeMounts = [] }) =>
      volumeMounts.some((mount) => mount.name === 'token'),
    );
    expect(holders.map((container) => container.name)).toEqual(['media-sidecar']);
  });

  test('no volume but its own records and no Secret can keep the pod from starting', async () => {
    const { spec } = podTemplateIn(await render(name), kind, 'medlyssning-media');
    for (const volume of spec.volumes ?? []) {
      const named = [volume['secret'], volume['configMap']].filter((source) => source !== undefined);
      for (const source of named) expect(source).toMatchObject({ optional: true });
    }
    const references = JSON.stringify(spec.containers).match(/"secretKeyRef":\{[^}]*\}/g) ?? [];
    for (const reference of references) expect(reference).toContain('"optional":true');
  });

  test('the time to end is that of the drain and half a minute', async () => {
    const { spec } = podTemplateIn(await render(name), kind, 'medlyssning-media');
    const [, , seconds] = drainOf(spec.containers[0]);
    expect(spec.terminationGracePeriodSeconds).toBe(Number(seconds) + 30);
  });
});

test('an upgrade starts pods anew that hold listens only, never those that hold calls', async () => {
  const strategy = (objects: Awaited<ReturnType<typeof render>>) =>
    objectIn(objects, 'StatefulSet', 'medlyssning-media')['spec'];
  expect(strategy(await render('complete'))).toMatchObject({ updateStrategy: { type: 'OnDelete' } });
  expect(strategy(await render('attached'))).toMatchObject({ updateStrategy: { type: 'RollingUpdate' } });
});

test('another configuration is another pod', async () => {
  const sum = async (name: string) => {
    const { metadata } = podTemplateIn(await render(name), 'StatefulSet', 'medlyssning-media');
    return metadata.annotations?.['checksum/config'];
  };
  expect(await sum('complete')).toBe(await sum('complete, ng on the network'));
  expect(await sum('complete')).not.toBe(await sum('complete, all said'));
});

test('what is given goes over the configuration, false, none and empty included', async () => {
  const config = {
    observe: { resyncSeconds: 5 },
    sip: { listen: ['tcp:0.0.0.0:5090'] },
    later: { on: false, at: 0, text: '' },
  };
  const values = {
    ...valuesOf('complete'),
    media: { ...Object(valuesOf('complete')['media']), sidecar: { config } },
  };
  const written = parse(sidecarYamlIn(await renderChart({ chart, values })));
  expect(written).toMatchObject({ ...config, observe: { hep: 'tcp:127.0.0.1:9060', resyncSeconds: 5 } });
  expect(written.sip.listen).toEqual(['tcp:0.0.0.0:5090']);
});

test('definitions and admission policies are kept at uninstall, or else not, and nothing else is', async () => {
  const kept = async (name: string) =>
    namesOf(
      (await render(name)).filter((object) =>
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
  const ofThem = (objects: Awaited<ReturnType<typeof render>>) =>
    namesOf(objects).filter((name) => /^PrometheusRule |^ConfigMap medlyssning-dashboard-/.test(name));
  expect(ofThem(await render('complete'))).toEqual([]);
  const files = (folder: string) =>
    readdirSync(join(import.meta.dirname, '../charts/medlyssning/files', folder));
  expect(ofThem(await render('monitored')).toSorted()).toEqual([
    ...files('dashboards').map((file) => `ConfigMap medlyssning-dashboard-${file.replace('.json', '')}`),
    ...files('alerts').map((file) => `PrometheusRule medlyssning-${file.replace('.yaml', '')}`),
  ]);
});

test('nothing names the namespace of the tests when it is installed elsewhere', async () => {
  const text = await renderText({ chart, values: valuesOf('complete'), namespace: 'telephony' });
  expect(text).not.toContain(home);
});

describe('network policies', () => {
  test('of the operator: metrics in, names and the API server out', async () => {
    const { spec } = Object(objectIn(await render('nothing said'), 'NetworkPolicy', 'medlyssning-operator'));
    expect(spec).toEqual({
      podSelector: expect.anything(),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 'metrics' }] }],
      egress: [
        {
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        {
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'TCP', port: 6443 },
          ],
        },
      ],
    });
  });

  test('of a media node: SIP and ng from the PBX alone, RTP from anywhere, metrics from the namespace', async () => {
    const { spec } = Object(
      objectIn(await render('complete in the pod network'), 'NetworkPolicy', 'medlyssning-media'),
    );
    expect(spec.ingress).toEqual([
      {
        from: [{ ipBlock: { cidr: '10.0.0.5/32' } }],
        ports: [
          { protocol: 'TCP', port: 'sip' },
          { protocol: 'UDP', port: 2223 },
        ],
      },
      {
        ports: [
          { protocol: 'UDP', port: 40000, endPort: 49999 },
          { protocol: 'UDP', port: 50000, endPort: 59999 },
        ],
      },
      { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 'metrics' }] },
    ]);
  });

  test('are not made where they would do nothing, or are not wanted', async () => {
    for (const name of ['complete', 'no network policies'])
      expect(namesOf(await render(name))).not.toContain('NetworkPolicy medlyssning-media');
  });
});

test.each(wrongPlatformValues)('%s: refused, and the value named', async (_, values, message) => {
  for (const helm of [3, 4] as const)
    await expect(renderChart({ chart, values, helm })).rejects.toThrow(message);
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

function drainOf(container: unknown): readonly string[] {
  return Object(container).lifecycle.preStop.exec.command.slice(0, 3);
}
