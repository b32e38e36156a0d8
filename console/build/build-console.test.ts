import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildConsole } from './build-console.ts';

/** What a phone on a bad line is asked to wait for. */
const mostBytes = 60 * 1024;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-console-'));
  await buildConsole(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('is small: all of it together, compressed', async () => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => gzipSync(await readFile(join(parentPath, name))).length),
  );
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostBytes);
});

it('has nothing inline, which its policy would not let run', async () => {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  expect(page).toMatch(/<script [^>]*src="\/assets\//);
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|style=|\son[a-z]+=/);
});
