import { once } from 'node:events';
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { apiFrom, type Widget, widgets, widgetsFile } from '../fixtures/widget.fixture.ts';
import Operator, { type ResourceEvent, ResourceEventType } from './operator.ts';

interface WidgetObject extends KubernetesObject {
  spec?: { size: number };
  status?: { observedGeneration?: number; made?: number };
}

/** An operator as people write it for @dot-i/k8s-operator: registers its kind, makes widgets, and cleans up after them. */
class WidgetOperator extends Operator {
  readonly events: string[] = [];
  readonly cleaned: string[] = [];
  readonly told = new EventTarget();
  failing = 0;

  protected override async init(): Promise<void> {
    const { group, versions, plural } = await this.registerCustomResourceDefinition(widgetsFile);
    await this.watchResource(group, versions[0]?.name ?? '', plural, async (e) => {
      this.events.push(`${e.type} ${e.meta.name}`);
      this.told.dispatchEvent(new Event('told'));
      if (e.type !== ResourceEventType.Added && e.type !== ResourceEventType.Modified) return;
      const isHandled = await this.handleResourceFinalizer(
        e,
        'widgets.example.com/made',
        async ({ meta }) => {
          this.cleaned.push(meta.name);
        },
      );
      if (!isHandled) await this.make(e);
    });
  }

  private async make(e: ResourceEvent): Promise<void> {
    const { metadata, spec, status } = e.object as WidgetObject;
    if (this.failing-- > 0) throw new Error('the machine is out of order');
    if (status?.observedGeneration === metadata?.generation) return;
    await this.setResourceStatus(e.meta, { observedGeneration: metadata?.generation });
    const patched = await this.patchResourceStatus(e.meta, { made: spec?.size });
    if (patched?.kind !== 'Widget') throw new Error('the status was not written');
  }
}

let cluster: ControlPlane;
let api: KubeApi;
let operator: WidgetOperator;

beforeAll(async () => {
  cluster = await startControlPlane();
  api = apiFrom(cluster.adminKubeconfig);
  process.env['KUBECONFIG'] = cluster.adminKubeconfig;
});
afterEach(async () => {
  operator.stop();
  await operator.stopped;
});
afterAll(async () => {
  await api.close();
  await cluster.stop();
});

const start = async (): Promise<void> => {
  operator = new WidgetOperator();
  await operator.start();
};
const create = (name: string, size: number): Promise<Widget> =>
  api.create(widgets, { metadata: { namespace: 'default', name }, spec: { size } });
const current = (name: string): Promise<Widget> => api.get(widgets, { namespace: 'default', name });

describe('an operator written for @dot-i/k8s-operator, on a real API server', () => {
  it('registers its kind, makes, and cleans up', async () => {
    await start();
    await expect.poll(() => create('first', 3).catch(() => undefined), { timeout: 10_000 }).toBeDefined();
    await expect
      .poll(() => current('first'), { timeout: 10_000 })
      .toMatchObject({
        metadata: { finalizers: ['widgets.example.com/made'] },
        status: { observedGeneration: 1, made: 3 },
      });
    await api.delete(widgets, { namespace: 'default', name: 'first' });
    await expect.poll(() => operator.events.at(-1)).toBe('DELETED first');
    expect(operator.cleaned).toEqual(['first']);
  });

  it('is handed an event again when its handler has thrown', async () => {
    await start();
    operator.failing = 3;
    await create('failing', 4);
    await expect.poll(() => current('failing'), { timeout: 10_000 }).toMatchObject({ status: { made: 4 } });
  });

  it('follows its objects through a restart of the API server', async () => {
    const gone = await create('gone', 5);
    await start();
    await expect.poll(() => current('gone'), { timeout: 10_000 }).toMatchObject({ status: { made: 5 } });
    await cluster.killApiServer();
    await cluster.startApiServer();
    await api.delete(widgets, gone.metadata);
    await expect.poll(() => operator.events, { timeout: 20_000 }).toContain('DELETED gone');
  });

  it('waits for its handler when it is stopped', async () => {
    await start();
    await create('last', 6);
    await once(operator.told, 'told');
    operator.stop();
    await operator.stopped;
    const { length } = operator.events;
    await create('after', 7);
    expect(operator.events).toHaveLength(length);
  });
});
