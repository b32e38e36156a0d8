import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteReader } from '@medlyssning/media-sidecar/audit/sqlite/sqlite-reader.ts';
import { SqliteWriter } from '@medlyssning/media-sidecar/audit/sqlite/sqlite-writer.ts';
import { openDoor } from '@medlyssning/media-sidecar/doors/http/http-door.fixture.ts';
import { listening } from '@medlyssning/media-sidecar/listen/listening.fixture.ts';
import { madeUpAttempt } from './audit/made-up-attempt.ts';
import type { Progress } from './bench.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './percentile.ts';
import { toldApart } from './silence/told-apart.ts';

type Do = (target: string) => Promise<unknown>;

const [warm, attempts, requests, stored] = [2_000, 20_000, 1_500, 20_000];
/** Slower than the limit of requests from one address. */
const apartMs = 7;

/** Whether the time that an answer takes tells what the answer does not (R10, rules.md 3). */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  progress(`Asking ${attempts.toLocaleString('en')} times for each of two …`);
  const rows = [
    ...(await inProcess('another company’s, or nobody', 'karin', ['olga', 'nobody'])),
    ...(await inProcess('without the right: in a call, or nobody', 'eva', ['anna', 'nobody'])),
    ...(await inProcess('without the right: in a call, or not', 'eva', ['anna', 'lena'])),
  ];
  progress('The same over HTTP, and in the record …');
  return [...rows, ...(await overHttp()), ...(await inTheRecord())];
}

const inProcess = async (
  name: string,
  who: string,
  targets: readonly [string, string],
): Promise<readonly BenchRow[]> => {
  const { service, audit } = await listening();
  const ask: Do = async (target) => {
    await service.admit({ subject: `${who}@acme.example`, on: 'browser', target });
    audit.records.length = 0;
  };
  return compare(`attempt, ${name}`, ask, targets, attempts);
};

const overHttp = async (): Promise<readonly BenchRow[]> => {
  const door = await openDoor();
  try {
    const rows: BenchRow[] = [];
    for (const [name, who, targets] of [
      ['another company’s, or nobody', 'karin', ['olga', 'nobody']],
      ['without the right: in a call, or nobody', 'eva', ['anna', 'nobody']],
    ] as const) {
      const token = await door.issuer.token(`${who}@acme.example`);
      const ask: Do = async (target) => (await door.send(`/v1/explain?target=${target}`, token)).text();
      rows.push(...(await compare(`explain over HTTP, ${name}`, ask, targets, requests, apartMs)));
    }
    return rows;
  } finally {
    await door.close();
  }
};

const inTheRecord = async (): Promise<readonly BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-bench-'));
  const writer = new SqliteWriter(join(folder, 'audit.db'), 'media-1');
  const reader = new SqliteReader(join(folder, 'audit.db'));
  try {
    for (let n = 0; n < stored; n += 1_000)
      writer.append(Array.from({ length: 1_000 }, (_, i) => madeUpAttempt(n + i)));
    const olga = { user: 'olga', number: '+46846500494' };
    writer.append(
      Array.from({ length: 500 }, (_, i) => ({
        ...madeUpAttempt(stored + i),
        company: 'company-1/x',
        target: olga,
      })),
    );
    const ask: Do = (involving) => reader.page({ company: 'company-0/x', involving, limit: 50 });
    return await compare('record, another company’s, or nobody', ask, ['olga', 'nobody'], attempts);
  } finally {
    writer.close();
    await reader.close();
    await rm(folder, { recursive: true });
  }
};

/** One of each in turns, in an order that is thrown each time. */
const compare = async (
  name: string,
  ask: Do,
  [one, other]: readonly [string, string],
  count: number,
  apart = 0,
): Promise<readonly BenchRow[]> => {
  const times: Readonly<Record<'one' | 'other', number[]>> = { one: [], other: [] };
  const timed = async (which: 'one' | 'other'): Promise<void> => {
    if (apart > 0) await new Promise((resolve) => setTimeout(resolve, apart));
    const from = performance.now();
    await ask(which === 'one' ? one : other);
    times[which].push((performance.now() - from) * 1_000);
  };
  for (let n = -Math.min(warm, count); n < count; n += 1) {
    if (n === 0) for (const kept of [times.one, times.other]) kept.length = 0;
    const isFirst = Math.random() < 0.5;
    await timed(isFirst ? 'one' : 'other');
    await timed(isFirst ? 'other' : 'one');
  }
  return [
    {
      name: `${name}: told apart by one answer`,
      value: toldApart(times.one, times.other),
      unit: '(0.5: a guess)',
    },
    {
      name: `${name}: difference of p50`,
      value: Math.abs(median(times.one) - median(times.other)),
      unit: 'µs',
    },
  ];
};
