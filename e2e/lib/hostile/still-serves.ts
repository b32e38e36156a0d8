import { readFile } from 'node:fs/promises';
import type { Phone } from '../phone/index.ts';
import type { World } from '../world/world.ts';

/**
 * Memory that no attack may drive a process to, MB; the chart gives the sidecar 768 MiB. With the two threads of its audit store it was seen
 * to come to 370, and to 510 on a machine so busy that garbage waited.
 */
const maxResidentMb = 640;

/**
 * What an honest supervisor notices of an attack: nothing. `phone` listens to `number` for a moment and hangs up.
 * @throws when that fails, when a process that was there is gone, or has grown beyond bounds
 */
export async function stillServes(world: World, phone: Phone, number: string): Promise<void> {
  await allEnded(world);
  const listen = await phone.call(number);
  await listen.answered;
  await listen.rtp.hear(5);
  await listen.hangUp();
  await allEnded(world);
  for (const { name, pid } of [world.sidecar, world.listeningEngine.process]) {
    const resident = await residentMb(pid);
    if (!(resident <= maxResidentMb)) throw new Error(`${name} holds ${resident} MB.`);
  }
}

/** Every attempt that was admitted has its end on record; then the lines are free again. */
export async function allEnded(world: World, withinMs = 5_000): Promise<void> {
  const until = performance.now() + withinMs;
  for (;;) {
    const records = await world.audit();
    const ended = new Set(records.filter(({ record }) => record === 'end').map(({ id }) => id));
    const open = records.filter(
      (record) => record.record === 'attempt' && record.reason === 'Allowed' && !ended.has(record.id),
    );
    if (open.length === 0) return;
    if (performance.now() > until) throw new Error(`${open.length} listens did not end.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The value of a metric as scraped: `medlyssning_sip_problems_total{kind="peerRejected"}`. 0 where it is not there. */
export async function metric(world: World, name: string): Promise<number> {
  const line = (await metrics(world)).split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

export async function metrics(world: World): Promise<string> {
  return (await fetch(`http://127.0.0.1:${world.place.metricsPort}/metrics`)).text();
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024);
}
