import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, 'loads.program.ts');
const run = async (env: Readonly<Record<string, string>>) => {
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as { readonly loaded: readonly string[]; readonly ids: object };
};

it('loads not one module of the SDK where nothing is configured', async () => {
  expect(await run({})).toEqual({ loaded: ['@opentelemetry/api'], ids: {} });
});

it('loads it where an endpoint is, and gives logs their ids', { timeout: 20_000 }, async () => {
  // nobody is there: that is no reason to fail
  const { loaded, ids } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect(loaded).toContain('@opentelemetry/sdk-trace');
  expect(ids).toEqual({
    trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
});
