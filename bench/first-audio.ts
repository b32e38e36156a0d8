import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from './bench.ts';
import { atMost, type BenchRow } from './bench-row.ts';
import { bothHeard } from './first-audio/both-heard.ts';
import { type NgPassage, type NgTap, openNgTap } from './first-audio/ng-tap.ts';
import { type Stage, setStage, tones, type Way } from './first-audio/stage.ts';
import { type Heard, stepNames, stepsOf } from './first-audio/steps.ts';
import { median, percentile } from './percentile.ts';

const [targetP50, targetP99] = [45, 120];
/** Audio comes every 20 ms: a pause of uneven length puts the INVITEs anywhere between two packets. */
const pauseMs = () => 120 + 20 * Math.random();
/** Both are heard in the first second or something is wrong. */
const [fewPackets, manyPackets] = [5, 50];

/** One listen, in ms after its INVITE. */
interface Timing {
  /** 200 OK. */
  readonly answered: number;
  /** First packet with both parties. */
  readonly heard: number;
  /** First packet at all. */
  readonly packet: number;
}

/** From the INVITE to the first mixed packet, by Kamailio and straight to the sidecar, and where that time goes. */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const listens = Number(process.env['BENCH_LISTENS'] ?? 200);
  const timings: Record<Way, Timing[]> = { pbx: [], sidecar: [] };
  progress('Starting two rtpengines, Kamailio and the sidecar, and making calls …');
  {
    await using stage = await setStage();
    // The first few make the sidecar's code warm and its connections stand; a sidecar has them once a life.
    for (let n = 0; n < 10; n += 1) await listenOnce(stage, n, n % 2 === 0 ? 'pbx' : 'sidecar');
    for (let n = 0; n < listens; n += 1) {
      for (const way of ['pbx', 'sidecar'] as const) {
        timings[way].push((await listenOnce(stage, 2 * n + (way === 'pbx' ? 0 : 1), way)).timing);
      }
      if ((n + 1) % 50 === 0) progress(`${n + 1} of ${listens} listens each way …`);
    }
  }
  return [
    ...rowsOf('by Kamailio', timings.pbx),
    ...rowsOf('straight to the sidecar', timings.sidecar),
    ...(await steps(Math.ceil(listens / 4), progress)),
  ];
}

function rowsOf(way: string, timings: readonly Timing[]): readonly BenchRow[] {
  const heard = timings.map((timing) => timing.heard);
  const unit = 'ms';
  return [
    {
      name: `first audio ${way}, p50 of ${heard.length}`,
      value: median(heard),
      unit,
      target: atMost(targetP50),
    },
    { name: `first audio ${way}, p99`, value: percentile(heard, 0.99), unit, target: atMost(targetP99) },
    { name: `first packet at all ${way}, p50`, value: median(timings.map(({ packet }) => packet)), unit },
    { name: `200 OK ${way}, p50`, value: median(timings.map(({ answered }) => answered)), unit },
  ];
}

/** The same once more, with a tap between the sidecar and each engine. */
async function steps(listens: number, progress: Progress): Promise<readonly BenchRow[]> {
  progress('Listening again, with taps on the control connections …');
  const passages: NgPassage[] = [];
  const taps: NgTap[] = [];
  const tap = async (ngPort: number) => {
    const opened = await openNgTap(ngPort, (passage) => passages.push(passage));
    taps.push(opened);
    return { ng: `tcp:127.0.0.1:${opened.port}` };
  };
  const all: (readonly number[])[] = [];
  {
    await using stage = await setStage(async ({ callNg, listeningNg }) => ({
      engines: { call: await tap(callNg), listening: await tap(listeningNg) },
    }));
    for (let n = 0; n < 10 + listens; n += 1) {
      passages.length = 0;
      const { heard } = await listenOnce(stage, n, 'sidecar');
      const taken = stepsOf(passages, heard);
      if (n >= 10 && taken) all.push(taken);
    }
  }
  for (const { close } of taps) close();
  return stepNames.map((name, step) => ({
    name: `step ${step + 1}: ${name}, p50 of ${all.length}`,
    value: median(all.map((times) => times[step] ?? Number.NaN)),
    unit: 'ms',
  }));
}

async function listenOnce(
  stage: Stage,
  n: number,
  way: Way,
): Promise<{ readonly timing: Timing; readonly heard: Heard }> {
  await pause(pauseMs());
  const call = await stage.listen(n, way);
  await call.answered;
  await call.rtp.hear(fewPackets);
  if (!bothHeard(call.rtp.received, tones)) await call.rtp.hear(manyPackets);
  const invitedAt = call.times.invited;
  const both = bothHeard(call.rtp.received, tones);
  const [first] = call.rtp.received;
  if (!both || !first || call.times.answered === undefined) {
    throw new Error('A listener did not hear both parties within a second, so nothing could be measured.');
  }
  await call.hangUp();
  return {
    heard: { invitedAt, heardAt: both.arrivedAt },
    timing: {
      answered: call.times.answered - invitedAt,
      heard: both.arrivedAt - invitedAt,
      packet: first.arrivedAt - invitedAt,
    },
  };
}
