import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { ApiProxy, type Upstream } from './api-proxy.ts';
import { type Fault, faults } from './faults.ts';
import { install } from './install.ts';
import { OperatorProcess } from './operator-process.ts';
import { Workbench } from './workbench.ts';

/**
 * The same small operator on `@dot-i/k8s-operator` and on kube-runtime, each in a process of its own, through the same faults before a
 * real API server. Prints the table of docs/adr/0007-own-kube-runtime.md.
 */
const settleMs = 20_000;
const startMs = 30_000;
const tell = (line: string) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'medlyssning-dot-i-'));

async function main(): Promise<void> {
  const programs = install(tell);
  const cluster = await startControlPlane(tell);
  try {
    await cluster.applyFiles([
      join(import.meta.dirname, '..', '..', 'packages', 'kube-runtime', 'src', 'fixtures', 'widgets.yaml'),
    ]);
    const names = [...programs.keys()];
    const rows = [`| Fault | ${names.join(' | ')} |`, `|---|${names.map(() => '---|').join('')}`];
    for (const fault of faults) {
      const outcomes: string[] = [];
      for (const [name, args] of programs) {
        const outcome = await tryFault(cluster, args, fault);
        tell(`${fault.name}, ${name}: ${outcome}`);
        outcomes.push(outcome);
      }
      rows.push(`| ${[fault.name, ...outcomes].join(' | ')} |`);
    }
    process.stdout.write(`${rows.join('\n')}\n`);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  }
}

async function tryFault(cluster: ControlPlane, args: readonly string[], fault: Fault): Promise<string> {
  const proxy = new ApiProxy(upstreamOf(cluster));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor(await proxy.listen()));
  const operator = new OperatorProcess(args, kubeconfig);
  const bench = new Workbench(cluster, operator);
  try {
    await bench.create('first', 1);
    await bench.createConfigMap();
    const isReady = async () =>
      proxy.watches === 2 &&
      operator.said.includes('ADDED configmap doomed') &&
      (await bench.widget('first'))?.status?.made === 1;
    if ((await until(operator, isReady, startMs)) !== 'so')
      throw new Error(`The operator did not get ready: ${operator.logged.join(' ')}`);
    const begun = performance.now();
    await fault.act(proxy, bench);
    const end = await until(operator, () => fault.holds(bench), settleMs);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    if (end === 'so') return `nothing lost, ${seconds} s`;
    if (end === 'never') return `${fault.lost} (${settleMs / 1000} s waited)`;
    return `the process ends: ${operator.exit}, ${seconds} s`;
  } finally {
    await operator.stop();
    await proxy.close();
    await bench.clear();
  }
}

async function until(
  operator: OperatorProcess,
  holds: () => Promise<boolean>,
  withinMs: number,
): Promise<'so' | 'never' | 'dead'> {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(50)) {
    if (operator.exit !== undefined) return 'dead';
    if (await holds()) return 'so';
  }
  return 'never';
}

function upstreamOf({ server, caFile, adminKubeconfig }: ControlPlane): Upstream {
  const text = readFileSync(adminKubeconfig, 'utf8');
  const data = (field: string) =>
    Buffer.from(new RegExp(`"${field}-data": *"([^"]+)"`).exec(text)?.[1] ?? '', 'base64');
  return { server, ca: readFileSync(caFile), cert: data('client-certificate'), key: data('client-key') };
}

/** client-node 2 takes plain HTTP only where certificates are not looked at; there are none. */
const kubeconfigFor = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'proxy',
    contexts: [{ name: 'proxy', context: { cluster: 'proxy', user: 'nobody' } }],
    clusters: [{ name: 'proxy', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'nobody', user: {} }],
  });

await main();
