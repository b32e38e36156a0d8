import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDockerfile } from '@medlyssning/tools/images/dockerfile.ts';
import type { Progress } from './bench.ts';
import { atMost, type BenchRow } from './bench-row.ts';
import type { Figures } from './decide/decide-process.ts';

/** The promises are made for the largest size; a small policy's fixed costs are shared by few. */
const largest = 1_000_000;
const dockerfile = join(import.meta.dirname, '..', 'images', 'media-sidecar.Dockerfile');

/**
 * Time of one decision, both people looked up in the policy, and memory of the policy, at three sizes, in the environment that the
 * sidecar's image sets; the largest without that too, which is how a sidecar runs where nobody sets anything.
 */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const asInTheImage = await imageEnvironment();
  const rows: BenchRow[] = [];
  for (const users of [1_000, 100_000, largest]) {
    progress(`Deciding among ${users.toLocaleString('en')} users …`);
    rows.push(...rowsOf(users, await measure(users, asInTheImage)));
  }
  progress('The same with small pages of memory …');
  const { p50, p99 } = await measure(largest, { GLIBC_TUNABLES: '' });
  return [
    ...rows,
    { name: 'the same with small pages, p50', value: p50, unit: 'µs' },
    { name: 'the same with small pages, p99', value: p99, unit: 'µs' },
  ];
}

function rowsOf(users: number, { p50, p99, bytesPerUser }: Figures): readonly BenchRow[] {
  const size = `${users.toLocaleString('en')} users`;
  return [
    { name: `decide p50, ${size}`, value: p50, unit: 'µs' },
    { name: `decide p99, ${size}`, value: p99, unit: 'µs', target: atMost(5) },
    {
      name: `policy memory, ${size}`,
      value: bytesPerUser,
      unit: 'bytes/user',
      ...(users === largest && { target: atMost(400) }),
    },
  ];
}

/** In a process of its own: nobody else's garbage, and memory laid out from nothing. */
async function measure(users: number, env: NodeJS.ProcessEnv): Promise<Figures> {
  const child = fork(join(import.meta.dirname, 'decide', 'decide-process.ts'), [`${users}`], {
    env: { ...process.env, ...env },
  });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that decides ended before it had measured: ${code}`);
  });
  const [figures] = await Promise.race([once(child, 'message'), gone]);
  return figures;
}

async function imageEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { Env = [] } = readDockerfile(await readFile(dockerfile, 'utf8')).config;
  return Object.fromEntries(
    Env.filter((line) => !line.startsWith('PATH=')).map((line) => line.split(/=(.*)/s)),
  );
}
