import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { cacheFolder } from './cache-folder.ts';

test.each([
  [{ XDG_CACHE_HOME: '/var/cache' }, '/var/cache/medlyssning'],
  [{ XDG_CACHE_HOME: 'relative paths are ignored' }, `${homedir()}/.cache/medlyssning`],
  [{}, `${homedir()}/.cache/medlyssning`],
])('%j', (env, folder) => {
  expect(cacheFolder(env)).toBe(folder);
});
