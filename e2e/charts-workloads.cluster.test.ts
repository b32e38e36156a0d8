import type { Manifest } from '@medlyssning/tools/control-plane/yaml-files.ts';
import { renderChart } from '@medlyssning/tools/helm/render-chart.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { platformCases } from './lib/charts/platform-cases.ts';
import { type Container, namesOf, objectIn, type PodTemplate } from './lib/charts/workloads.ts';

// What every pod of charts/medlyssning promises, whatever is switched on. That the API server takes it says nothing of what is left out.

type Json = Readonly<Record<string, unknown>>;

const chart = 'medlyssning';
const cases = Object.keys(platformCases);
const render = (name: string) => renderChart({ chart, values: platformCases[name] ?? {} });
const operator = { kind: 'Deployment', name: 'medlyssning-operator' } as const;

const get = (path: string, port: string | number) => ({ httpGet: { path, port } });
const threeProbes = {
  startupProbe: { ...get('/healthz', 'metrics'), periodSeconds: 2 },
  livenessProbe: { ...get('/healthz', 'metrics'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  readinessProbe: { ...get('/readyz', 'metrics'), periodSeconds: 5, timeoutSeconds: 3 },
};
const one = { drop: ['ALL'] };

/** Each container there may be: the probes it has, no others, and the capabilities it is left with. */
const containers: Readonly<Record<string, { readonly probes: Json; readonly capabilities: Json }>> = {
  operator: { probes: threeProbes, capabilities: one },
  'media-sidecar': { probes: threeProbes, capabilities: one },
  'listening-engine': {
    probes: { livenessProbe: { ...get('/healthz/listening-engine', 9464), failureThreshold: 6 } },
    capabilities: one,
  },
  // A probe that errs would end all calls.
  'call-engine': { probes: {}, capabilities: one },
  'audit-folder': { probes: {}, capabilities: { ...one, add: ['CHOWN'] } },
  ready: { probes: {}, capabilities: one },
};
const shortLived = ['audit-folder', 'ready'];

/** How long one may take to answer for the first time, in seconds, by the container: a large company is read first. */
const startsWithin = { operator: 120, 'media-sidecar': 180 };

interface Pod {
  readonly of: string;
  readonly labels: Json;
  readonly spec: PodTemplate['spec'];
}

/** Every pod that these make. */
function podsIn(objects: readonly Manifest[]): readonly Pod[] {
  return objects.flatMap((object) => {
    const { kind, metadata, spec } = object as unknown as {
      readonly kind: string;
      readonly metadata: { readonly name: string; readonly labels: Json };
      readonly spec?: PodTemplate['spec'] & { readonly template?: PodTemplate };
    };
    const of = `${kind} ${metadata.name}`;
    if (kind === 'Pod' && spec !== undefined) return [{ of, labels: metadata.labels, spec }];
    return spec?.template === undefined
      ? []
      : [{ of, labels: spec.template.metadata.labels, spec: spec.template.spec }];
  });
}

const containersOf = ({ spec }: Pod): readonly Container[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
];
const probesOf = (container: Container): Json =>
  Object.fromEntries(Object.entries(container).filter(([key]) => key.endsWith('Probe')));

describe.each(cases)('%s', (name) => {
  let objects: readonly Manifest[];
  let pods: readonly Pod[];
  beforeAll(async () => {
    objects = await render(name);
    pods = podsIn(objects);
  });

  test('these are all pods, and no others', () => {
    const { form = 'none', kind = 'StatefulSet' } = Object(platformCases[name]?.['media']);
    const media = form === 'none' ? [] : [`${kind} medlyssning-media`];
    const all = ['Deployment medlyssning-operator', 'Pod medlyssning-test-ready', ...media];
    expect(pods.map(({ of }) => of).toSorted()).toEqual(all.toSorted());
  });

  test('every pod is of nobody in particular, under the filter of system calls', () => {
    for (const { of, spec } of pods)
      expect({ of, ...Object(spec['securityContext']) }).toEqual({
        of,
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        fsGroup: 65532,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      });
  });

  test('no container writes its own file system or gains rights; each says what it needs', () => {
    for (const container of pods.flatMap(containersOf)) {
      const { capabilities } = containers[container.name] ?? {};
      expect(container).toMatchObject({
        name: container.name,
        imagePullPolicy: expect.stringMatching(/^(IfNotPresent|Always)$/),
        resources: expect.any(Object),
      });
      expect({ name: container.name, ...container.securityContext }).toMatchObject({
        name: container.name,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
      expect([container.name, container.securityContext?.['capabilities']]).toEqual([
        container.name,
        capabilities,
      ]);
      expect([container.name, container.securityContext?.['runAsUser']]).toEqual([
        container.name,
        container.name === 'audit-folder' ? 0 : undefined,
      ]);
    }
  });

  test('each container that stays has a place for its temporary files', () => {
    for (const pod of pods) {
      for (const { name, volumeMounts = [] } of containersOf(pod)) {
        if (shortLived.includes(name)) continue;
        const { name: volume } = volumeMounts.find(({ mountPath }) => mountPath === '/tmp') ?? {};
        expect({ name, volume: pod.spec.volumes?.find((one) => one['name'] === volume) }).toEqual({
          name,
          volume: { name: 'tmp', emptyDir: { sizeLimit: expect.any(String) } },
        });
      }
    }
  });

  test('each container has the probes that it is to have, and no others', () => {
    for (const container of pods.flatMap(containersOf)) {
      const { probes = {} } = containers[container.name] ?? {};
      expect([container.name, Object.keys(probesOf(container)).toSorted()]).toEqual([
        container.name,
        Object.keys(probes).toSorted(),
      ]);
      expect(container).toMatchObject(probes);
    }
  });

  test('operators are spread over nodes and zones, and one is left at every drain and upgrade', () => {
    const { spec } = objectIn(objects, operator.kind, operator.name) as unknown as {
      readonly spec: Json & {
        readonly template: PodTemplate;
        readonly selector: { readonly matchLabels: Json };
      };
    };
    const replicas = Object(platformCases[name]?.['operator']).replicas ?? 2;
    const { matchLabels } = spec.selector;
    expect(spec.template.metadata.labels).toMatchObject(matchLabels);
    expect(spec).toMatchObject({
      replicas,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    expect(spec.template.spec['topologySpreadConstraints']).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels },
      })),
    );
    const budget = 'PodDisruptionBudget medlyssning-operator';
    // With one alone it would hold up every drain.
    expect(namesOf(objects).filter((name) => name.startsWith('PodDisruptionBudget '))).toEqual(
      replicas > 1 ? [budget] : [],
    );
    if (replicas > 1)
      expect(objectIn(objects, 'PodDisruptionBudget', 'medlyssning-operator')['spec']).toEqual({
        minAvailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels },
      });
  });
});

test.each(Object.entries(startsWithin))(
  '%s is given %i s to answer for the first time',
  async (name, seconds) => {
    const container = podsIn(await render('complete'))
      .flatMap(containersOf)
      .find((one) => one.name === name);
    const { periodSeconds, failureThreshold } = Object(container && probesOf(container)['startupProbe']);
    expect(periodSeconds * failureThreshold).toBe(seconds);
  },
);
