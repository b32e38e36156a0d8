import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ApiHost, startApiHost } from '@medlyssning/e2e/lib/browser/start-api-host.ts';
import { World } from '@medlyssning/e2e/lib/world/world.ts';
import { Pbx } from '@medlyssning/media-sidecar/observe/pbx.fixture.ts';
import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { connect } from 'rtpengine-ng-client';
import type { Progress } from './bench.ts';
import { atMost, type BenchRow, exactly } from './bench-row.ts';
import { changeCalls } from './events/change-calls.ts';
import { type Companies, writeCompanies } from './events/companies.ts';
import { type Delivered, delivered } from './events/delivered.ts';
import type { Order, Report } from './events/subscribers-process.ts';
import { median, percentile } from './percentile.ts';
import { cpuSeconds, peakMemory } from './process-figures.ts';

const subscribers = 1_000;
const agents = 200;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 20);

/** The limit that the chart gives the sidecar by default (768Mi), MB. */
const memoryLimit = 805;

/** A change of a call every 10 ms, in rtpengine, to 1,000 subscribers of the sidecar's events who are entitled to different things. */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const host = await startApiHost({});
  const crowds: { name: string; of: Companies }[] = [];
  const size = { subscribers, agents };
  await using world = await World.start({
    ...host.options,
    tenants: async (dir) => {
      const one = await writeCompanies(dir, { ...size, base: 'one', companies: 1, first: 100_000 });
      const ten = await writeCompanies(dir, { ...size, base: 'ten', companies: 10, first: 200_000 });
      crowds.push({ name: 'one company', of: one }, { name: 'ten companies', of: ten });
    },
  });
  const rows: BenchRow[] = [];
  try {
    for (const { name, of } of crowds) {
      progress(`${subscribers} subscribers of ${name}, a change each 10 ms for ${seconds} s …`);
      rows.push(...rowsOf(name, await measure(world, host, of)));
    }
    const peak = peakMemory(world.sidecar.pid) / 1e6;
    rows.push({ name: "sidecar's peak memory", value: peak, unit: 'MB', target: atMost(memoryLimit) });
  } finally {
    await host.issuer.close();
  }
  return rows;
}

interface Measured extends Delivered {
  readonly resumed: number;
  readonly sidecarCpu: number;
  readonly subscribersCpu: number;
  readonly lateMs: number;
}

async function measure(world: World, host: ApiHost, companies: Companies): Promise<Measured> {
  const port = Number(new URL(host.origin).port);
  const tokens = await Promise.all(
    companies.subscribers.map(({ subject, isAdministrator }) =>
      host.issuer.token(subject, { roles: isAdministrator ? [administratorRole] : [] }),
    ),
  );
  const child = fork(join(import.meta.dirname, 'events', 'subscribers-process.ts'), {
    serialization: 'advanced',
  });
  const client = connect({ url: `udp:127.0.0.1:${world.place.callUdp}` });
  try {
    await ask(child, { kind: 'open', port, tokens });
    const pbx = new Pbx(client);
    await changeCalls(pbx, companies.agents, 2);
    await pause(1_000);
    child.send({ kind: 'measure' } satisfies Order);
    const [cpu, at] = [cpuSeconds(world.sidecar.pid), performance.now()];
    const changes = await changeCalls(pbx, companies.agents, seconds);
    const sidecarCpu = (cpuSeconds(world.sidecar.pid) - cpu) / ((performance.now() - at) / 1000);
    // what has not come after a second is lost
    await pause(1_000);
    const { seen, resumed, cpu: subscribersCpu, lateMs } = await ask(child, { kind: 'report' });
    const told = delivered(companies, changes, seen);
    return { ...told, resumed, sidecarCpu, subscribersCpu, lateMs };
  } finally {
    child.kill();
    await client.close();
  }
}

type Answer<K extends Order['kind']> = Extract<Report, { kind: K extends 'open' ? 'opened' : 'seen' }>;

async function ask<K extends 'open' | 'report'>(
  child: ChildProcess,
  order: Extract<Order, { kind: K }>,
): Promise<Answer<K>> {
  child.send(order);
  const [report] = await once(child, 'message');
  return report;
}

function rowsOf(
  name: string,
  { lateness, lost, leaked, resumed, sidecarCpu, subscribersCpu, lateMs }: Measured,
): BenchRow[] {
  const of = `${subscribers} subscribers of ${name}`;
  return [
    { name: `change → event read, ${of}, p50`, value: median(lateness), unit: 'ms' },
    {
      name: `change → event read, ${of}, p99`,
      value: percentile(lateness, 0.99),
      unit: 'ms',
      target: atMost(50),
    },
    { name: `changes not told, ${of}`, value: lost, unit: `of ${lateness.length}`, target: exactly(0) },
    { name: `changes told to who may not know, ${of}`, value: leaked, unit: '', target: exactly(0) },
    { name: `streams cut off, ${of}`, value: resumed, unit: '', target: exactly(0) },
    { name: `sidecar, ${of}`, value: 100 * sidecarCpu, unit: '% of a core' },
    { name: `the subscribers' own process, ${name}`, value: 100 * subscribersCpu, unit: '% of a core' },
    { name: `the subscribers' own process, ${name}, late by, p99`, value: lateMs, unit: 'ms' },
  ];
}
