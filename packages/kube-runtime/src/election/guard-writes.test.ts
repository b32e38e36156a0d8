import { expect, it } from 'vitest';
import type { CallOptions, KubeApi } from '../api/kube-api.ts';
import { defineResource } from '../api/resource-type.ts';
import { FakeClock } from '../fake-clock.fixture.ts';
import { guardWrites } from './guard-writes.ts';
import { NotLeading, Tenure } from './leadership.ts';

const type = defineResource({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
});
const ref = { namespace: 'default', name: 'x' };

/** An API server that answers a write only by giving it up. */
const hanging = (seen: string[]): KubeApi => {
  const hang = (method: string, options: CallOptions | undefined): Promise<never> => {
    seen.push(method);
    return new Promise((_, reject) => {
      const { signal } = options ?? {};
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  };
  return {
    list: async () => ({ items: [], resourceVersion: '1' }),
    async *watch() {},
    get: async () => {
      throw new Error('not asked for');
    },
    create: (_, __, ___, options) => hang('create', options),
    apply: (_, __, ___, options) => hang('apply', options),
    patch: (_, __, ___, ____, options) => hang('patch', options),
    replace: (_, __, ___, options) => hang('replace', options),
    delete: (_, __, ___, options) => hang('delete', options),
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
};

const writes = (api: KubeApi): Record<string, () => Promise<unknown>> => ({
  create: () => api.create(type, { metadata: ref }),
  apply: () => api.apply(type, { metadata: ref }, { fieldManager: 'test' }),
  patch: () => api.patch(type, ref, { contentType: 'application/merge-patch+json', body: {} }),
  replace: () => api.replace(type, { metadata: ref }),
  delete: () => api.delete(type, ref),
});

it.each(['create', 'apply', 'patch', 'replace', 'delete'])(
  '%s is given up when the leadership ends, and refused after its deadline even before a timer has fired',
  async (method) => {
    const clock = new FakeClock();
    const seen: string[] = [];
    const tenure = new Tenure(clock, clock.now() + 10);
    const write = () => writes(guardWrites(hanging(seen), tenure))[method]?.();
    const underWay = expect(write()).rejects.toThrow(NotLeading);
    clock.stall(10);
    await expect(write()).rejects.toThrow(NotLeading);
    await underWay;
    expect(seen).toEqual([method]);
  },
);

it('reads pass without leading', async () => {
  const tenure = new Tenure(new FakeClock(), 0);
  tenure.lose('Over.');
  await expect(guardWrites(hanging([]), tenure).list(type)).resolves.toMatchObject({ items: [] });
});
