import { describe, expect, test } from 'vitest';
import { renderPlatform } from './lib/charts/render-platform.ts';
import { namesOf, objectIn } from './lib/charts/workloads.ts';

describe('network policies', () => {
  test('of the operator: metrics in, names and the API server out', async () => {
    const { spec } = Object(
      objectIn(await renderPlatform('nothing said'), 'NetworkPolicy', 'medlyssning-operator'),
    );
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
      objectIn(await renderPlatform('complete in the pod network'), 'NetworkPolicy', 'medlyssning-media'),
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
      expect(namesOf(await renderPlatform(name))).not.toContain('NetworkPolicy medlyssning-media');
  });
});
