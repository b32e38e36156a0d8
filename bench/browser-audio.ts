import { setTimeout as pause } from 'node:timers/promises';
import { hears, partyTone } from '@medlyssning/e2e/lib/audio/index.ts';
import { startBrowserStage } from '@medlyssning/e2e/lib/browser/browser-stage.ts';
import type { ListenerPage } from '@medlyssning/e2e/lib/browser/listener-page.ts';
import { tone } from '@medlyssning/e2e/lib/rtp/index.ts';
import { agentNumber, writeCrowd } from '@medlyssning/e2e/lib/world/crowd.ts';
import { talk } from '@medlyssning/e2e/lib/world/talk.ts';
import { World } from '@medlyssning/e2e/lib/world/world.ts';
import type { Progress } from './bench.ts';
import type { BenchRow } from './bench-row.ts';
import { median, percentile } from './percentile.ts';

/** Calls that are up, listened to in turn: so many that each has a pause in which the last sound ends. */
const calls = 5;
const tones: readonly [number, number] = [partyTone(0), partyTone(1)];
/** The first few make the sidecar's and the page's code warm. */
const warming = 5;
const heardWithinMs = 5_000;
const pauseMs = () => 120 + 20 * Math.random();

/** One listen, in ms from when the page asked for it and from when it sent its offer. */
interface Timing {
  readonly asked: number;
  readonly offered: number;
}

/** From the page's request to the first audio that its speaker would play, in a real Chromium. */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const listens = Number(process.env['BENCH_LISTENS'] ?? 200);
  progress('Starting two rtpengines, Kamailio, the sidecar and Chromium, and making calls …');
  await using browser = await startBrowserStage();
  await using world = await World.start({
    ...browser.options,
    tenants: (dir) => writeCrowd(dir, { agents: calls, listeners: 1 }),
  });
  for (let n = 1; n <= calls; n += 1) {
    const customer = await world.customer(`+4670111111${n}`, { source: tone(tones[0]) });
    const agent = await world.phone(`agent-${n}-desk`, { source: tone(tones[1]) });
    await talk(customer, agent, `sip:${agentNumber(n)}@crowd.example`);
  }
  const token = await browser.issuer.token('listener-1@crowd.example');
  const page = await browser.page();
  const timings: Timing[] = [];
  for (let n = 0; n < warming + listens; n += 1) {
    const timing = await listenOnce(page, token, `agent-${(n % calls) + 1}`);
    if (n >= warming) timings.push(timing);
    if (n % 50 === 49) progress(`${n + 1 - warming} of ${listens} listens …`);
  }
  return [
    ...rowsOf(
      'in Chromium, from the request to listen',
      timings.map(({ asked }) => asked),
    ),
    ...rowsOf(
      'in Chromium, from the WHEP offer',
      timings.map(({ offered }) => offered),
    ),
  ];
}

const rowsOf = (what: string, values: readonly number[]): BenchRow[] => [
  { name: `first audio ${what}, p50 of ${values.length}`, value: median(values), unit: 'ms' },
  { name: `first audio ${what}, p99`, value: percentile(values, 0.99), unit: 'ms' },
];

async function listenOnce(page: ListenerPage, token: string, target: string): Promise<Timing> {
  await pause(pauseMs());
  const { asked, answered, askedAt = 0, offeredAt = 0 } = await page.listen({ token, target });
  if (answered?.status !== 201)
    throw new Error(`The listen was refused: ${asked.text} ${answered?.text ?? ''}`);
  const end = performance.now() + heardWithinMs;
  const audible = async () => {
    for (;;) {
      const at = await page.audibleAt();
      if (at !== undefined) return at;
      if (performance.now() > end) throw new Error('The page heard nothing.');
      await pause(20);
    }
  };
  const at = await audible();
  // what was heard first is of both, or the figure is of something else
  await pause(300);
  const heard = hears(await page.recording(), { tones, from: at + 100 - performance.timeOrigin });
  if (!tones.every((hz) => heard[hz])) throw new Error('The page did not hear both parties.');
  await page.stop(token);
  return { asked: at - askedAt, offered: at - offeredAt };
}
