import { expect, test } from 'vitest';
import { listAll } from './list-all.ts';
import { ModelServer } from './model-server.fixture.ts';
import { configMaps } from './reflector.fixture.ts';

const { signal } = new AbortController();

const filled = () => {
  const server = new ModelServer();
  for (let n = 0; n < 1200; n++) server.put(`n${n}`);
  return server;
};

/** Calls `between` after the first page. */
const interrupted = (server: ModelServer, between: () => void) => {
  const { list } = server.api;
  const queries: unknown[] = [];
  const api: typeof server.api = {
    ...server.api,
    list: async (type, query, options) => {
      const page = await list(type, query, options);
      queries.push(query);
      if (queries.length === 1) between();
      return page;
    },
  };
  return { api, queries };
};

test('pages are of the moment of the first one, whatever changes meanwhile', async () => {
  const server = filled();
  const { resourceVersion } = server;
  const { api } = interrupted(server, () => {
    server.remove('n1000');
    server.put('n1001');
  });
  const listed = await listAll(api, configMaps, {}, ({ metadata }) => metadata.name, signal);
  expect(listed.items).toHaveLength(1200);
  expect(listed.resourceVersion).toBe(resourceVersion);
});

test('when that moment is compacted away between two pages, all is asked for at once', async () => {
  const server = filled();
  const { api, queries } = interrupted(server, () => {
    server.remove('n0');
    server.compact();
  });
  const listed = await listAll(
    api,
    configMaps,
    { labelSelector: 'pool=a' },
    ({ metadata }) => metadata.name,
    signal,
  );
  expect(listed.items).toHaveLength(1199);
  expect(listed.resourceVersion).toBe(server.resourceVersion);
  expect(queries).toEqual([{ labelSelector: 'pool=a', limit: 500 }, { labelSelector: 'pool=a' }]);
});
