import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { apiFrom, type Widget, widgets, widgetsFile } from '../fixtures/widget.fixture.ts';
import { addFinalizer, removeFinalizer } from './finalizers.ts';

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

const create = (name: string, finalizers: readonly string[] = []): Promise<Widget> =>
  api.create(widgets, { metadata: { namespace: 'default', name, finalizers } });
const current = (widget: Widget): Promise<Widget> => api.get(widgets, widget.metadata);
const label = (widget: Widget, labels: Readonly<Record<string, string>>) =>
  api.patch(widgets, widget.metadata, {
    contentType: 'application/merge-patch+json',
    body: { metadata: { labels } },
  });

describe('finalizers on a real API server', () => {
  it('come and go beside those of others', async () => {
    const widget = await create('beside', ['example.com/other']);
    const added = await addFinalizer(api, widgets, widget, 'example.com/mine');
    expect(added?.metadata.finalizers).toEqual(['example.com/other', 'example.com/mine']);
    const removed = await removeFinalizer(api, widgets, widget, 'example.com/mine');
    // It was not on the object as given, so nothing was asked.
    expect(removed).toBe(widget);
    expect(
      added && (await removeFinalizer(api, widgets, added, 'example.com/mine'))?.metadata.finalizers,
    ).toEqual(['example.com/other']);
  });

  it('are not written again', async () => {
    const widget = await create('again', ['example.com/mine']);
    await addFinalizer(api, widgets, widget, 'example.com/mine');
    expect((await current(widget)).metadata.resourceVersion).toBe(widget.metadata.resourceVersion);
  });

  it('of many who write at once are all there: none overwrites another', async () => {
    const widget = await create('many');
    const mine = Array.from({ length: 6 }, (_, i) => `example.com/f${i}`);
    await Promise.all(mine.map((finalizer) => addFinalizer(api, widgets, widget, finalizer)));
    expect((await current(widget)).metadata.finalizers?.toSorted()).toEqual(mine);
    const seen = await current(widget);
    await Promise.all(mine.map((finalizer) => removeFinalizer(api, widgets, seen, finalizer)));
    expect((await current(widget)).metadata.finalizers).toBeUndefined();
  });

  it('are put on an object that has changed since it was seen', async () => {
    const widget = await create('changed');
    await label(widget, { colour: 'red' });
    const added = await addFinalizer(api, widgets, widget, 'example.com/mine');
    expect(added?.metadata).toMatchObject({ labels: { colour: 'red' }, finalizers: ['example.com/mine'] });
  });

  it('are not put on an object that is being deleted', async () => {
    const widget = await create('dying', ['example.com/other']);
    await api.delete(widgets, widget.metadata);
    const added = await addFinalizer(api, widgets, widget, 'example.com/mine');
    expect(added?.metadata.deletionTimestamp).toBeDefined();
    expect(added?.metadata.finalizers).toEqual(['example.com/other']);
  });

  it('let the object go when the last is removed, and no harm is done when it is gone already', async () => {
    const widget = await create('gone', ['example.com/mine']);
    await api.delete(widgets, widget.metadata);
    await removeFinalizer(api, widgets, widget, 'example.com/mine');
    await expect(current(widget)).rejects.toMatchObject({ status: 404 });
    expect(await removeFinalizer(api, widgets, widget, 'example.com/mine')).toBeUndefined();
    expect(await addFinalizer(api, widgets, widget, 'example.com/more')).toBeUndefined();
  });

  it('are not put on another object that has the name now', async () => {
    const widget = await create('reborn');
    await api.delete(widgets, widget.metadata);
    const reborn = await create('reborn');
    expect(await addFinalizer(api, widgets, widget, 'example.com/mine')).toBeUndefined();
    expect((await current(reborn)).metadata.finalizers).toBeUndefined();
  });
});
