import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startOperatorProcess } from '@medlyssning/e2e/lib/world/start-operator.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import type { Progress } from './bench.ts';
import { atMost, type BenchRow, exactly } from './bench-row.ts';
import { percentile } from './percentile.ts';
import { type Follower, openFollower } from './policy-reach/follower.ts';
import { LargeOnCluster, supervisor } from './policy-reach/large-on-cluster.ts';
import { connectionsTo, peakMemory } from './process-figures.ts';

const sizes = (process.env['BENCH_USERS'] ?? '100,5000,50000').split(',').map(Number);
const times = Number(process.env['BENCH_CHANGES'] ?? 100);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const perSecond = 50;
const charts = join(import.meta.dirname, '..', 'charts', 'medlyssning', 'files');
const admission = join(charts, 'admission');
const companyKey = 'large/large';

/**
 * From a change in a real API server, through the real operator, to the first decision of the sidecar that goes by it:
 * a right taken away, a profile switched. Then many changes at once, and a start with all users there.
 */
export async function run(progress: Progress): Promise<BenchRow[]> {
  const workDir = mkdtempSync(join(tmpdir(), 'medlyssning-bench-'));
  const cluster = await startControlPlane(progress);
  const rows: BenchRow[] = [];
  try {
    await cluster.applyFiles([join(charts, 'roles')]);
    await using large = await LargeOnCluster.make(cluster);
    let operator: RunningProcess | undefined;
    {
      await using follower = await openFollower(cluster);
      for (const size of sizes) {
        // Users are made without admission and without the operator, which would write a shard for each of them: that takes hours.
        await operator?.stop();
        await cluster.kubectl(['delete', '--ignore-not-found', '-f', admission]);
        await large.growTo(size, progress);
        await cluster.applyFiles([admission]);
        progress(`waiting until ${size} users are in force`);
        operator = await startOperatorProcess(cluster, workDir);
        await follower.when((index) => index.userByName(companyKey, `user-${size - 1}`) !== undefined);
        await settled(cluster, progress);
        progress(`${times} rights taken away and profiles switched, ${size} users`);
        rows.push(...(await reach(cluster, large, follower, size)));
      }
      rows.push(...(await storm(large, follower, sizes.at(-1) ?? 0, progress)));
      if (operator !== undefined) rows.push(connections(operator.pid, cluster));
    }
    await operator?.stop();
    progress('starting the operator with all users there');
    await large.giveRight('user-0');
    await using follower = await openFollower(cluster);
    const started = performance.now();
    const [restarted] = await Promise.all([
      startOperatorProcess(cluster, workDir),
      follower.when((index) => !mayListen(index)),
    ]);
    const count = (sizes.at(-1) ?? 0).toLocaleString('en');
    rows.push({
      name: `operator's start to the first change in force, ${count} users`,
      value: (performance.now() - started) / 1000,
      unit: 's',
      target: atMost(15),
    });
    await settled(cluster, progress);
    rows.push({
      name: `operator's peak memory, ${count} users`,
      value: peakMemory(restarted.pid) / 1e6,
      unit: 'MB',
      target: atMost(400),
    });
    await restarted.stop();
    return rows;
  } finally {
    await cluster.stop();
    rmSync(workDir, { recursive: true });
  }
}

const mayListen = (index: Follower['index']): boolean =>
  index.userByName(companyKey, supervisor)?.mayListenAt(Date.now()) === true;

const profileOf = (index: Follower['index'], name: string): string | undefined =>
  index.userByName(companyKey, name)?.activeProfile.name;

/** Resolves once the operator has written nothing for five seconds: statuses come after policies, and would be measured too. */
async function settled(cluster: ControlPlane, progress: Progress): Promise<void> {
  for (let before = -1; ; ) {
    const now = writesBy(cluster, 'medlyssning-operator');
    if (now === before) return;
    before = now;
    progress(`${now} objects written by the operator`);
    await delay(5_000);
  }
}

function writesBy(cluster: ControlPlane, serviceAccount: string, resource?: string): number {
  const username = `system:serviceaccount:medlyssning-system:${serviceAccount}`;
  return cluster
    .auditEvents()
    .filter(({ verb, user }) => user.username === username && ['create', 'patch', 'delete'].includes(verb))
    .filter(({ objectRef }) => objectRef?.resource !== 'leases')
    .filter(
      ({ objectRef }) =>
        resource === undefined || (objectRef?.resource === resource && !objectRef.subresource),
    ).length;
}

/** Changes one by one: each waits until the one before is in force. */
async function reach(
  cluster: ControlPlane,
  large: LargeOnCluster,
  follower: Follower,
  size: number,
): Promise<BenchRow[]> {
  const revoked: number[] = [];
  const switched: number[] = [];
  const before = writesBy(cluster, 'medlyssning-operator', 'forkpolicies');
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await Promise.all([
      large.giveRight('nobody-yet'),
      follower.when((index) => !mayListen(index)).then((at) => revoked.push(at - from)),
    ]);
    await Promise.all([large.giveRight(supervisor), follower.when(mayListen)]);
    const name = `user-${Math.floor(Math.random() * size)}`;
    const to = profileOf(follower.index, name) === 'lunch' ? 'inne' : 'lunch';
    const switchedFrom = performance.now();
    await Promise.all([
      large.switchProfile(name, to),
      follower.when((index) => profileOf(index, name) === to).then((at) => switched.push(at - switchedFrom)),
    ]);
  }
  const writes = writesBy(cluster, 'medlyssning-operator', 'forkpolicies') - before;
  const count = size.toLocaleString('en');
  return [
    { name: `right taken away → refused, ${count} users, p50`, value: percentile(revoked, 0.5), unit: 'ms' },
    {
      name: `right taken away → refused, ${count} users, p99`,
      value: percentile(revoked, 0.99),
      unit: 'ms',
      target: atMost(100),
    },
    {
      name: `profile switched → in force, ${count} users, p50`,
      value: percentile(switched, 0.5),
      unit: 'ms',
    },
    {
      name: `profile switched → in force, ${count} users, p99`,
      value: percentile(switched, 0.99),
      unit: 'ms',
      target: atMost(100),
    },
    {
      name: `ForkPolicies written per change, ${count} users`,
      value: writes / (3 * times),
      unit: '',
      target: exactly(1),
    },
  ];
}

/** Profiles switched all the time, whether or not the ones before are in force. */
async function storm(
  large: LargeOnCluster,
  follower: Follower,
  size: number,
  progress: Progress,
): Promise<BenchRow[]> {
  progress(`${perSecond} changes a second for ${seconds} s`);
  const took: number[] = [];
  const under: Promise<unknown>[] = [];
  const started = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await delay(Math.max(0, started + (n * 1000) / perSecond - performance.now()));
    const name = `user-${(n * 7919) % size}`;
    const to = profileOf(follower.index, name) === 'lunch' ? 'inne' : 'lunch';
    const from = performance.now();
    under.push(
      large.switchProfile(name, to),
      follower.when((index) => profileOf(index, name) === to).then((at) => took.push(at - from)),
    );
  }
  await Promise.all(under);
  const what = `${perSecond} changes/s for ${seconds} s`;
  return [
    { name: `${what}: change → in force, p50`, value: percentile(took, 0.5), unit: 'ms' },
    { name: `${what}: change → in force, p99`, value: percentile(took, 0.99), unit: 'ms' },
  ];
}

function connections(pid: number, cluster: ControlPlane): BenchRow {
  const port = Number(new URL(cluster.server).port);
  return { name: "operator's connections to the API server", value: connectionsTo(pid, port), unit: '' };
}
