import { spawnSync } from 'node:child_process';
import { mkdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openAuditReader } from '@medlyssning/media-sidecar/audit/open-audit-reader.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';
import { auditFileOf } from './lib/world/start-sidecar.ts';

const run = (file: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
};

let scene: Scene;
let file: string;
/** A file system of its own, so that it can be full. */
let folder: string;
beforeAll(async () => {
  scene = await Scene.start({
    sidecar: async ({ workDir }) => {
      file = auditFileOf(workDir);
      folder = dirname(file);
      await mkdir(folder);
      run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'medlyssning-test', folder);
      return {};
    },
  });
});
afterAll(async () => {
  try {
    await scene?.world.sidecar.kill();
  } finally {
    if (folder) run('umount', folder);
    await scene?.[Symbol.asyncDispose]();
  }
});

let anna: Awaited<ReturnType<Scene['talk']>>;
let listens: number;
beforeEach(async () => {
  anna = await scene.talk('anna');
  listens = 0;
});
afterEach(async () => {
  await expectCalm(anna, listens);
  await anna.customer.hangUp();
});

const readyz = async () => (await fetch(`http://127.0.0.1:${scene.world.place.metricsPort}/readyz`)).text();
const metric = async (name: string) =>
  (await (await fetch(`http://127.0.0.1:${scene.world.place.metricsPort}/metrics`)).text())
    .split('\n')
    .find((line) => line.startsWith(`${name} `));
const verified = () => openAuditReader({ sqlite: file }).verify();
const refusedWithout = async () => {
  const refused = await scene.refused('karin');
  expect([refused.status, codeOf(refused), refused.retryAfter]).toEqual([503, 'AuditUnavailable', '5']);
};
const listensAgain = async () => {
  await expect.poll(readyz, { timeout: 10_000 }).toBe('ready\n');
  await (await scene.listen('karin')).hangUp();
  listens += 1;
  await scene.closed('karin');
};

it('a full file system: refused, a listen that is up goes on, and what waited is written when there is room', async () => {
  const sven = await scene.listen('sven');
  listens += 1;
  const ballast = join(folder, 'ballast');
  await writeFile(ballast, Buffer.alloc(4 << 20)).catch((error) => expect(error.code).toBe('ENOSPC'));
  // what SQLite had left in its last page is not enough for what an attempt says
  await refusedWithout();
  expect(await readyz()).toBe('not ready: the audit store takes no records\n');
  expect(await metric('medlyssning_audit_up')).toBe('medlyssning_audit_up 0');
  await scene.hears(sven, ['customer', 'agent']);
  await sven.hangUp();
  await truncate(ballast);
  await rm(ballast);
  await listensAgain();
  expect(await metric('medlyssning_audit_up')).toBe('medlyssning_audit_up 1');
  expect(await scene.lastEnd('sven')).toMatchObject({ reason: 'ListenerHungUp' });
  const karins = (await scene.world.audit()).filter(
    (r) => r.record === 'end' && r.reason === 'AuditUnavailable',
  );
  expect(karins).toMatchObject([{ startedAt: null }]);
  expect(await verified()).toMatchObject({ flawCount: 0 });
});

it('a process that may write no more: refused, and it works again when it may', async () => {
  const limit = (bytes: number | 'unlimited') =>
    run('prlimit', `--pid=${scene.world.sidecar.pid}`, `--fsize=${bytes}:unlimited`);
  limit((await stat(`${file}-wal`)).size);
  await refusedWithout();
  expect(await onEngines(scene.world)).toEqual(nothing);
  limit('unlimited');
  await listensAgain();
  expect(await verified()).toMatchObject({ flawCount: 0 });
});

it('a file removed under it: found without being asked, refused, and what is missing is missed for good', async () => {
  const { seq } = (await verified()).chains[0]?.head ?? expect.fail();
  await rm(file);
  await expect.poll(readyz, { timeout: 3_000 }).not.toBe('ready\n');
  await listensAgain();
  const { chains, flaws } = await verified();
  expect(flaws).toEqual([{ kind: 'removed', node: 'media-1', seq: 1, through: seq }]);
  expect(chains).toMatchObject([{ node: 'media-1' }]);
});

it('a file system that can only be read: the sidecar starts, is not ready, refuses, and heals', async () => {
  await scene.world.sidecar.kill();
  run('mount', '-o', 'remount,ro', folder);
  const restarted = scene.world.restartSidecar();
  await expect
    .poll(() => readyz().catch(() => ''), { timeout: 15_000 })
    .toContain('the audit store takes no records');
  const call = await (await scene.phone('karin')).call('sip:*28*0846500403@acme.example');
  expect(codeOf(await call.ended)).toBe('AuditUnavailable');
  run('mount', '-o', 'remount,rw', folder);
  await restarted;
  await listensAgain();
  expect((await verified()).flaws).toHaveLength(1);
});
