import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordKeeper } from '@medlyssning/media-sidecar/audit/record-keeper.ts';
import { sqliteReader, sqliteWriter } from '@medlyssning/media-sidecar/audit/sqlite/sqlite-store.ts';
import { pino } from 'pino';
import { madeUpAttempt } from './audit/made-up-attempt.ts';
import type { Progress } from './bench.ts';
import { atMost, type BenchRow } from './bench-row.ts';
import { percentile } from './percentile.ts';

const [alone, crowd, rounds, stored] = [1_000, 50, 40, 300_000];

/** Records on this machine's disk, one after another and many at once, then what reading costs when there are many. */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-bench-'));
  try {
    return await measure(join(folder, 'audit.db'), progress);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(file: string, progress: Progress): Promise<readonly BenchRow[]> {
  const writer = sqliteWriter(file, 'media-1', () => {});
  const keeper = new RecordKeeper({ writer, log: pino({ level: 'silent' }) });
  await keeper.look();
  let n = 0;
  const append = async (): Promise<number> => {
    const from = performance.now();
    await keeper.append(madeUpAttempt(++n));
    return performance.now() - from;
  };
  for (let i = 0; i < 100; i += 1) await append();
  progress(`Writing ${alone} records one by one …`);
  const one: number[] = [];
  for (let i = 0; i < alone; i += 1) one.push(await append());
  const many: number[] = [];
  const from = performance.now();
  for (let i = 0; i < rounds; i += 1)
    many.push(...(await Promise.all(Array.from({ length: crowd }, append))));
  const perSecond = (1_000 * crowd * rounds) / (performance.now() - from);
  progress(`Writing ${stored.toLocaleString('en')} more, and reading …`);
  while (n < stored) await writer.append(Array.from({ length: 1_000 }, () => madeUpAttempt(++n)));
  const beside: number[] = [];
  const reader = sqliteReader(file);
  const verifyFrom = performance.now();
  let verifying = true;
  const verified = reader.verify().finally(() => {
    verifying = false;
  });
  while (verifying) beside.push(await append());
  const { chains, flawCount } = await verified;
  if (flawCount > 0) throw new Error('The chain does not verify.');
  const verifyPerSecond = (1_000 * (chains[0]?.rows ?? 0)) / (performance.now() - verifyFrom);
  const pages: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    const start = performance.now();
    await reader.page({ company: `company-${i % 50}/x`, involving: `user-${i % 100}`, limit: 50 });
    pages.push(performance.now() - start);
  }
  await Promise.all([reader.close(), keeper.close()]);
  const rows = stored.toLocaleString('en');
  return [
    {
      name: `audit record on disk p50, one by one`,
      value: percentile(one, 0.5),
      unit: 'ms',
      target: atMost(2),
    },
    { name: `audit record on disk p99, one by one`, value: percentile(one, 0.99), unit: 'ms' },
    { name: `audit record on disk p99, ${crowd} at once`, value: percentile(many, 0.99), unit: 'ms' },
    { name: `audit records, ${crowd} at once`, value: perSecond, unit: 'records/s' },
    {
      name: `audit record on disk p99, ${rows} rows being verified`,
      value: percentile(beside, 0.99),
      unit: 'ms',
    },
    { name: `audit verify, ${rows} rows`, value: verifyPerSecond, unit: 'rows/s' },
    { name: `audit page of 50 p99, ${rows} rows`, value: percentile(pages, 0.99), unit: 'ms' },
  ];
}
