import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { ensureSchemathesis } from '@medlyssning/tools/schemathesis/ensure-schemathesis.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiHost, startApiHost } from './lib/browser/start-api-host.ts';
import { askAll } from './lib/openapi/ask-all.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import type { Stage } from './lib/outcome/stage.ts';

let schemathesis: string;
let host: ApiHost;
let stage: Stage;
let workDir: string;
beforeAll(async () => {
  schemathesis = await ensureSchemathesis();
  workDir = await mkdtemp(join(tmpdir(), 'medlyssning-openapi-'));
  host = await startApiHost({});
  stage = await acmeStage(['anna'], host.options);
}, 600_000);
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await host?.issuer.close();
  await rm(workDir, { recursive: true, force: true });
});

const token = (subject: string, roles: readonly string[] = []) => host.issuer.token(subject, { roles });
/** `/v1/events` never ends for whoever is let in; `events-route.test.ts` is about it. */
const allButEvents = '^(?!/v1/events$)';

it('answers whatever its document allows and forbids as the document says, to whoever asks', async () => {
  const asked = await askAll(schemathesis, {
    origin: host.origin,
    tokens: await Promise.all([
      token('karin@acme.example'),
      token('anna@acme.example'),
      token('helena@acme.example', [administratorRole]),
      token('eva@acme.example'),
      token('maja@beta.example'),
      token('somebody@acme.example'),
    ]),
    routes: allButEvents,
    seconds: 40,
    workDir,
  });
  expect(asked.complaint).toBe('');
  const { paths } = (await (await fetch(`${host.origin}/v1/openapi.json`)).json()) as {
    paths: Readonly<Record<string, object>>;
  };
  expect(asked.operations).toBe(Object.values(paths).flatMap(Object.keys).length - 1);
  expect(asked.requests).toBeGreaterThan(300);
  for (const operation of ['GET /v1/colleagues', 'GET /v1/listens', 'GET /v1/explain', 'GET /v1/audit'])
    expect(asked.accepted[operation], operation).toBeGreaterThan(0);
});
