import { setTimeout as pause } from 'node:timers/promises';
import { CallBook } from '@medlyssning/media-sidecar/book/call-book.ts';
import type { PartyDirectory } from '@medlyssning/media-sidecar/book/party-directory.ts';
import { createCallEngine } from '@medlyssning/media-sidecar/engines/call-engine.ts';
import { hepPacket } from '@medlyssning/media-sidecar/observe/hep.fixture.ts';
import { HepFramer } from '@medlyssning/media-sidecar/observe/hep-framer.ts';
import { parseHep3 } from '@medlyssning/media-sidecar/observe/hep3.ts';
import { Mirror } from '@medlyssning/media-sidecar/observe/mirror.ts';
import { Observer } from '@medlyssning/media-sidecar/observe/observer.ts';
import { Pbx } from '@medlyssning/media-sidecar/observe/pbx.fixture.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { connect, encodeMessage, type NgArguments } from 'rtpengine-ng-client';
import type { Progress } from './bench.ts';
import { type BenchRow, exactly } from './bench-row.ts';

/** Busier than any PBX that one rtpengine serves. */
const mostCallsPerSecond = 1_000;
const metadata = 'domain:acme.example|caller:+46700000001|callee:+4681';
const directory: PartyDirectory = {
  partlyKnown: new Set(),
  whoIs: (address) =>
    address === '+4681'
      ? {
          company: 'acme/acme',
          user: 'anna',
          profile: { name: 'inne', since: Number.NEGATIVE_INFINITY, allowed: true },
        }
      : undefined,
};

/** How fast the observer reads, and whether it sees every call of a real rtpengine under all the load this machine can make. */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const seconds = Number(process.env['BENCH_SECONDS'] ?? 30);
  progress('Reading a made-up mirror as fast as can be …');
  const synthetic = readSynthetic();
  progress(`Making up to ${mostCallsPerSecond} calls a second on a real rtpengine for ${seconds} s …`);
  return [...synthetic, ...(await watchRealEngine(seconds))];
}

function readSynthetic(): BenchRow[] {
  const calls = 20_000;
  const stream = Buffer.concat(Array.from({ length: calls }, (_, i) => callAsMirrored(`call-${i}@pbx`, i)));
  const book = new CallBook({ directory, clock: Date.now });
  let ended = 0;
  book.subscribe((change) => {
    if (change.kind === 'ended') ended += 1;
  });
  const framer = new HepFramer();
  const mirror = new Mirror();
  const chunk = 64 * 1024;
  const begun = performance.now();
  for (let at = 0; at < stream.length; at += chunk) {
    for (const bytes of framer.push(stream.subarray(at, at + chunk))) {
      const packet = parseHep3(bytes);
      const event = packet && mirror.take(packet);
      if (event) book.apply(event);
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  return [
    {
      name: 'observer: HEP to book, synthetic',
      value: Math.round(mirror.counters.packets / seconds),
      unit: 'messages/s',
    },
    {
      name: 'observer: calls lost, synthetic',
      value: calls - ended,
      unit: `of ${calls}`,
      target: exactly(0),
    },
  ];
}

async function watchRealEngine(seconds: number): Promise<BenchRow[]> {
  const book = new CallBook({ directory, clock: Date.now });
  const seen = { started: 0, answered: 0, ended: 0 };
  book.subscribe(({ kind }) => {
    if (kind === 'started' || kind === 'answered' || kind === 'ended') seen[kind] += 1;
  });
  const hepPort = await freePort();
  const parts = await ensureParts();
  const engine = await startRtpengine({ parts, role: 'call', hep: { port: hepPort }, rtpPorts: 900 });
  const client = connect({ url: `tcp:127.0.0.1:${engine.ng.tcp}` });
  const pbxClient = connect({ url: `udp:127.0.0.1:${engine.ng.udp}` });
  const source = { kind: 'mirror', host: '127.0.0.1', port: hepPort, resyncMs: 5000 } as const;
  const observer = new Observer({
    engine: createCallEngine(client),
    book,
    clock: Date.now,
    source,
    onProblem: () => {},
  });
  try {
    await observer.start();
    // rtpengine tries a mirror it could not reach only every 30 s, but at once when it starts.
    await engine.restart();
    await until(() => observer.mirrorState === 'up' && observer.synced);
    const made = await makeCalls(new Pbx(pbxClient), seconds);
    // The mirror may be some milliseconds behind; what has not come after a second is lost.
    await until(() => seen.ended === made, 1_000).catch(() => {});
    const lost = 3 * made - seen.started - seen.answered - seen.ended;
    const { foundByRelist, endedByRelist, correctedByRelist } = observer.counters;
    const late = foundByRelist + endedByRelist + correctedByRelist;
    return [
      { name: 'observer: calls made on rtpengine', value: Math.round(made / seconds), unit: 'calls/s' },
      { name: 'observer: events lost', value: lost, unit: `of ${3 * made}`, target: exactly(0) },
      {
        name: 'observer: calls that needed a re-list',
        value: late,
        unit: `of ${made}`,
        target: exactly(0),
      },
    ];
  } finally {
    await observer.close();
    client.close();
    pbxClient.close();
    await engine.stop();
  }
}

/** As many calls as go, up to the most, 16 at a time; returns how many there were. */
async function makeCalls(pbx: Pbx, seconds: number): Promise<number> {
  const begun = performance.now();
  let made = 0;
  const caller = async () => {
    for (;;) {
      const at = (1000 * made) / mostCallsPerSecond;
      if (Math.max(at, performance.now() - begun) >= 1000 * seconds) return;
      const callId = `bench-${made++}@pbx`;
      const early = begun + at - performance.now();
      if (early > 0) await pause(early);
      await pbx.call(callId, metadata);
      await pbx.delete(callId, { 'from-tag': 'a' });
    }
  };
  await Promise.all(Array.from({ length: 16 }, caller));
  return made;
}

async function until(condition: () => boolean, withinMs = 40_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`The observer did not come to rest within ${withinMs} ms.`);
    await pause(10);
  }
}

/** Offer, answer and delete with their answers, of the size they have in life. */
function callAsMirrored(callId: string, i: number): Buffer {
  const at = Date.now();
  const sdp = `v=0\r\n${'a=rtpmap:8 PCMA/8000\r\n'.repeat(30)}`;
  const common = { 'call-id': callId, 'from-tag': 'a', metadata };
  const exchange = (cookie: string, request: NgArguments, answer: NgArguments) => [
    hepPacket({ from: 5000, to: 2223, at, payload: encodeMessage(cookie, request) }),
    hepPacket({ from: 2223, to: 5000, at: at + 0.5, payload: encodeMessage(cookie, answer) }),
  ];
  const taken = { sdp, result: 'ok' };
  return Buffer.concat([
    ...exchange(`o${i}`, { ...common, command: 'offer', label: 'caller', sdp }, taken),
    ...exchange(`a${i}`, { ...common, command: 'answer', 'to-tag': 'b', label: 'callee', sdp }, taken),
    ...exchange(`d${i}`, { command: 'delete', 'call-id': callId, 'from-tag': 'a' }, taken),
  ]);
}
