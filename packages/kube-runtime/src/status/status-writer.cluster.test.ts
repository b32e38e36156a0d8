import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { apiFrom, type Widget, widgets, widgetsFile } from '../fixtures/widget.fixture.ts';
import type { WantedCondition } from './condition.ts';
import { StatusWriter } from './status-writer.ts';

let cluster: ControlPlane;
let api: KubeApi;

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.applyFiles([widgetsFile]);
  api = apiFrom(cluster.adminKubeconfig);
});
afterAll(async () => {
  await api.close();
  await cluster.stop();
});

const create = (name: string): Promise<Widget> =>
  api.create(widgets, { metadata: { namespace: 'default', name }, spec: { size: 1 } });
const current = (widget: Widget): Promise<Widget> => api.get(widgets, widget.metadata);
const writer = (now = '2026-11-24T12:00:00.500Z') =>
  new StatusWriter({
    api,
    type: widgets,
    fieldManager: 'maker',
    fields: ['made', 'colour'],
    now: () => new Date(now),
  });
const ready = (status: WantedCondition['status'], reason = 'Made'): WantedCondition => ({
  type: 'Ready',
  status,
  reason,
  message: `${reason}.`,
});

describe('StatusWriter on a real API server', () => {
  it('writes the status with observedGeneration and the time of the condition', async () => {
    const widget = await create('first');
    expect(await writer().write(widget, { made: 3, conditions: [ready('True')] })).toBe('written');
    expect((await current(widget)).status).toEqual({
      made: 3,
      observedGeneration: 1,
      conditions: [{ ...ready('True'), observedGeneration: 1, lastTransitionTime: '2026-11-24T12:00:00Z' }],
    });
  });

  it('does not write what is there, neither before nor after the store has seen it, nor after a restart', async () => {
    const stale = await create('same');
    const first = writer();
    const wanted = { made: 3, conditions: [ready('True')] };
    await first.write(stale, wanted);
    const written = await current(stale);
    expect(await first.write(stale, wanted)).toBe('unchanged');
    expect(await first.write(written, wanted)).toBe('unchanged');
    expect(await writer('2027-01-01T00:00:00Z').write(written, wanted)).toBe('unchanged');
    expect((await current(stale)).metadata.resourceVersion).toBe(written.metadata.resourceVersion);
  });

  it('keeps the time of a condition whose status stays, and moves it when the status changes', async () => {
    const widget = await create('times');
    await writer().write(widget, { conditions: [ready('False', 'Making')] });
    const later = writer('2026-11-24T13:00:00Z');
    await later.write(await current(widget), { conditions: [ready('False', 'StillMaking')] });
    expect((await current(widget)).status?.conditions).toMatchObject([
      { reason: 'StillMaking', lastTransitionTime: '2026-11-24T12:00:00Z' },
    ]);
    await later.write(await current(widget), { conditions: [ready('True')] });
    expect((await current(widget)).status?.conditions).toMatchObject([
      { reason: 'Made', lastTransitionTime: '2026-11-24T13:00:00Z' },
    ]);
  });

  it('tells that a new generation was seen although nothing else changed', async () => {
    const widget = await create('generation');
    const wanted = { made: 1, conditions: [ready('True')] };
    await writer().write(widget, wanted);
    const patch = { contentType: 'application/merge-patch+json', body: { spec: { size: 2 } } } as const;
    const changed = await api.patch(widgets, widget.metadata, patch);
    expect(await writer().write(changed, wanted)).toBe('written');
    expect((await current(widget)).status).toMatchObject({
      observedGeneration: 2,
      conditions: [{ observedGeneration: 2 }],
    });
  });

  it('removes what it no longer writes, and leaves the fields of others alone', async () => {
    const widget = await create('shared');
    const metadata = { namespace: 'default', name: 'shared' };
    const others = { fieldManager: 'owner', subresource: 'status' };
    await api.apply(widgets, { metadata, status: { owner: { name: 'anna' } } }, others);
    await writer().write(await current(widget), { made: 1, colour: 'red', conditions: [ready('True')] });
    expect(await writer().write(await current(widget), { made: 1 })).toBe('written');
    const left = await current(widget);
    expect(left.status).toEqual({ made: 1, observedGeneration: 1, owner: { name: 'anna' } });
    expect(await writer().write(left, { made: 1 })).toBe('unchanged');
    await api.apply(widgets, { metadata, status: { owner: { name: 'bo' } } }, others);
    expect((await current(widget)).status?.owner).toEqual({ name: 'bo' });
  });

  it('takes back a field of its own that somebody else wrote', async () => {
    const widget = await create('forged');
    await writer().write(widget, { made: 1 });
    const patch = { contentType: 'application/merge-patch+json', body: { status: { made: 99 } } } as const;
    const forged = await api.patch(widgets, widget.metadata, patch, { subresource: 'status' });
    expect(await writer().write(forged, { made: 1 })).toBe('written');
    expect((await current(widget)).status?.made).toBe(1);
  });

  it('writes over an object that has changed since the store saw it', async () => {
    const stale = await create('stale');
    const body = { metadata: { labels: { colour: 'red' } } };
    await api.patch(widgets, stale.metadata, { contentType: 'application/merge-patch+json', body });
    expect(await writer().write(stale, { made: 1 })).toBe('written');
    expect(await current(stale)).toMatchObject({ metadata: body.metadata, status: { made: 1 } });
  });

  it('finds the object gone, also when another has its name', async () => {
    const widget = await create('gone');
    await api.delete(widgets, widget.metadata);
    expect(await writer().write(widget, { made: 1 })).toBe('gone');
    const reborn = await create('gone');
    expect(await writer().write(widget, { made: 1 })).toBe('gone');
    expect((await current(reborn)).status).toBeUndefined();
  });

  it('refuses a field that is not its own before anything is sent', async () => {
    const widget = await create('stray');
    await expect(writer().write(widget, { owner: { name: 'bo' } })).rejects.toThrow('owner');
  });
});
