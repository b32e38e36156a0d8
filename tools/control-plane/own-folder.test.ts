import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeOwnFolder } from './own-folder.ts';

test('folders of processes that are gone are removed, others are left alone', () => {
  const parent = mkdtempSync(join(tmpdir(), 'medlyssning-test-'));
  const { pid } = spawnSync('true');
  const of = (who: string) => join(parent, `medlyssning-control-plane-${who}`);
  for (const who of [`${pid}-a`, `${process.pid}-b`, 'someone']) mkdirSync(of(who));
  const own = makeOwnFolder(parent);
  expect(basename(own)).toMatch(new RegExp(`-${process.pid}-\\w+$`));
  expect([`${pid}-a`, `${process.pid}-b`, 'someone'].map((who) => existsSync(of(who)))).toEqual([
    false,
    true,
    true,
  ]);
});
