import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, 'hung-collector.program.ts');

it('keeps a bounded number of spans for a collector that never answers, and does not wait for it at the end', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  const { grewMb, stopMs } = JSON.parse(stdout);
  // 200,000 spans of some 2 KB would be 400 MB
  expect(grewMb).toBeLessThan(40);
  expect(stopMs).toBeLessThan(4_000);
});
