import { fillInEnvironment } from '@medlyssning/media-sidecar/config/fill-in-environment.ts';
import { checkConfig } from '@medlyssning/media-sidecar/config/load-config.ts';
import { renderChart } from '@medlyssning/tools/helm/render-chart.ts';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { mediaCaseNames, mediaKindOf, platformValues, renderPlatform } from './lib/charts/render-platform.ts';
import { objectIn, podTemplateIn, sidecarYamlIn } from './lib/charts/workloads.ts';

// The pod of a media node that charts/medlyssning renders, and the configuration of the sidecar in it.

describe.each(mediaCaseNames)('%s', (name) => {
  const kind = mediaKindOf(name);

  test('the sidecar takes its configuration', async () => {
    const environment = {
      POD_IP: '10.0.0.7',
      POD_NAME: 'medlyssning-media-0',
      NODE_NAME: 'node-a',
      AUDIT_POSTGRES_URL: 'postgres://medlyssning@db.example/audit',
    };
    const { value, missing } = fillInEnvironment(
      parse(sidecarYamlIn(await renderPlatform(name))),
      environment,
    );
    expect(missing).toEqual([]);
    const config = checkConfig(value, 'sidecar.yaml');
    expect(config.node).toBe(kind === 'DaemonSet' ? 'node-a' : 'medlyssning-media-0');
    expect(config.policy).toMatchObject({ kubernetes: { namespace: 'medlyssning-system' } });
  });

  test('nothing stands before the call engine, and the engines end after the sidecar', async () => {
    const { initContainers = [], containers } = podTemplateIn(
      await renderPlatform(name),
      kind,
      'medlyssning-media',
    ).spec;
    const engines = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
    const complete = JSON.stringify(platformValues(name)).includes('"complete"');
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
    const { spec } = podTemplateIn(await renderPlatform(name), kind, 'medlyssning-media');
    expect(spec.automountServiceAccountToken).toBe(false);
    const holders = [...(spec.initContainers ?? []), ...spec.containers].filter(({ volumeMounts = [] }) =>
      volumeMounts.some((mount) => mount.name === 'token'),
    );
    expect(holders.map((container) => container.name)).toEqual(['media-sidecar']);
  });

  test('no volume but its own records and no Secret can keep the pod from starting', async () => {
    const { spec } = podTemplateIn(await renderPlatform(name), kind, 'medlyssning-media');
    for (const volume of spec.volumes ?? []) {
      const named = [volume['secret'], volume['configMap']].filter((source) => source !== undefined);
      for (const source of named) expect(source).toMatchObject({ optional: true });
    }
    const references = JSON.stringify(spec.containers).match(/"secretKeyRef":\{[^}]*\}/g) ?? [];
    for (const reference of references) expect(reference).toContain('"optional":true');
  });

  test('the time to end is that of the drain and half a minute', async () => {
    const { spec } = podTemplateIn(await renderPlatform(name), kind, 'medlyssning-media');
    const [, , seconds] = drainOf(spec.containers[0]);
    expect(spec.terminationGracePeriodSeconds).toBe(Number(seconds) + 30);
  });
});

test('an upgrade starts pods anew that hold listens only, never those that hold calls', async () => {
  const strategy = (objects: Awaited<ReturnType<typeof renderPlatform>>) =>
    objectIn(objects, 'StatefulSet', 'medlyssning-media')['spec'];
  expect(strategy(await renderPlatform('complete'))).toMatchObject({ updateStrategy: { type: 'OnDelete' } });
  expect(strategy(await renderPlatform('attached'))).toMatchObject({
    updateStrategy: { type: 'RollingUpdate' },
  });
});

test('another configuration is another pod', async () => {
  const sum = async (name: string) => {
    const { metadata } = podTemplateIn(await renderPlatform(name), 'StatefulSet', 'medlyssning-media');
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
    ...platformValues('complete'),
    media: { ...Object(platformValues('complete')['media']), sidecar: { config } },
  };
  const written = parse(sidecarYamlIn(await renderChart({ chart: 'medlyssning', values })));
  expect(written).toMatchObject({ ...config, observe: { hep: 'tcp:127.0.0.1:9060', resyncSeconds: 5 } });
  expect(written.sip.listen).toEqual(['tcp:0.0.0.0:5090']);
});

function drainOf(container: unknown): readonly string[] {
  return Object(container).lifecycle.preStop.exec.command.slice(0, 3);
}
