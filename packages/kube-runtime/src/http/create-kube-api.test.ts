import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { KubeObject } from '../api/kube-object.ts';
import { defineResource } from '../api/resource-type.ts';
import { createKubeApi } from './create-kube-api.ts';

const nodes = defineResource<KubeObject>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  namespaced: false,
});

const configWith = (cluster: object, user: object): KubeConfig => {
  const config = new KubeConfig();
  config.loadFromOptions({
    // Nobody listens on the discard port of a machine that runs tests.
    clusters: [{ name: 'test', server: 'https://127.0.0.1:9', ...cluster }],
    users: [{ name: 'test', ...user }],
    contexts: [{ name: 'test', cluster: 'test', user: 'test' }],
    currentContext: 'test',
  });
  return config;
};

test('a plugin that hangs holds up no caller that has gone', async () => {
  const config = configWith({}, { authProvider: { name: 'hanging' } });
  const asked = Promise.withResolvers<void>();
  config.addAuthenticator({
    isAuthProvider: ({ authProvider }) => authProvider?.name === 'hanging',
    applyAuthentication: () => {
      asked.resolve();
      return new Promise(() => {});
    },
  });
  await using api = createKubeApi(config);
  const gone = new AbortController();
  const reason = new Error('The caller has gone.');
  const listing = api.list(nodes, {}, { signal: gone.signal });
  const watching = api
    .watch(nodes, { resourceVersion: '1' }, { signal: gone.signal })
    [Symbol.asyncIterator]()
    .next();
  await asked.promise;
  gone.abort(reason);
  await expect(listing).rejects.toBe(reason);
  await expect(watching).rejects.toBe(reason);
});

test('nobody there is told as such', async () => {
  await using api = createKubeApi(configWith({ skipTLSVerify: true }, { token: 'x' }));
  await expect(api.list(nodes)).rejects.toMatchObject({
    name: 'ApiUnreachable',
    reason: 'Connection',
    message: expect.stringMatching(/when asked to list nodes \(ECONNREFUSED/),
  });
});

test('a proxy that cannot be used is refused, not gone round', async () => {
  await using api = createKubeApi(configWith({ proxyUrl: 'socks5://user:secret@127.0.0.1:9' }, {}));
  const failure = await api.list(nodes).catch((error) => error);
  expect(failure).toMatchObject({ name: 'ApiUnreachable', reason: 'Credentials' });
  expect(failure.message).not.toContain('secret');
});

test('a closed client asks nothing any more', async () => {
  const api = createKubeApi(configWith({}, {}));
  await api.close();
  await expect(api.list(nodes)).rejects.toMatchObject({
    message: 'This client of the API server is closed.',
  });
});
