import { openAuditReader } from '@medlyssning/media-sidecar/audit/open-audit-reader.ts';
import { type Postgres, startPostgres } from '@medlyssning/tools/real/postgres.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';

let server: Postgres;
let scene: Scene;
beforeAll(async () => {
  server = await startPostgres();
  scene = await Scene.start({ sidecar: { audit: { postgres: { url: server.url } } } });
}, 600_000);
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

it('records in PostgreSQL: a listen, one refused while the server is down, and one after it is back', async () => {
  const reader = openAuditReader({ postgres: { url: server.url } });
  const readyz = async () => (await fetch(`http://127.0.0.1:${scene.world.place.metricsPort}/readyz`)).text();
  const page = () => reader.page({ company: 'acme/acme', involving: 'karin', limit: 10 });
  const anna = await scene.talk('anna');
  const karin = await scene.phone('karin');
  const listen = async () => {
    const call = await karin.call('sip:*28*0846500403@acme.example');
    await call.answered;
    await scene.hears(call, ['customer', 'agent']);
    await call.hangUp();
    await expect.poll(() => reader.unended('media-1')).toEqual([]);
  };
  await listen();
  expect((await page()).entries).toMatchObject([{ start: {}, end: { reason: 'ListenerHungUp' } }]);

  await server.kill();
  const refused = await karin.call('sip:*28*0846500403@acme.example');
  expect(codeOf(await refused.ended)).toBe('AuditUnavailable');
  expect(await readyz()).toBe('not ready: the audit store takes no records\n');
  expect(await onEngines(scene.world)).toEqual(nothing);

  await server.start();
  await expect.poll(readyz, { timeout: 15_000 }).toBe('ready\n');
  await listen();
  expect((await page()).entries).toMatchObject([
    { start: {}, end: { reason: 'ListenerHungUp' } },
    { start: null, end: { reason: 'AuditUnavailable', startedAt: null } },
    { start: {} },
  ]);
  expect(await reader.verify()).toMatchObject({ flawCount: 0, chains: [{ node: 'media-1', rows: 8 }] });
  await reader.close();
  await expectCalm(anna, 2);
  await anna.customer.hangUp();
});
