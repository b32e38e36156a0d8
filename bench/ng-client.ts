import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { connect, encodeMessage } from 'rtpengine-ng-client';
import type { Progress } from './bench.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './percentile.ts';

const [rounds, requestsPerRound, inFlight] = [7, 2_000, 16];
const callId = 'bench';
/** As long as the client's own cookies. */
const cookiePrefix = 'rawrawrawrawraw_';
const endOfAnswer = '6:result2:oke';

/** Sends `requestsPerRound` queries of one call, `inFlight` at a time, and resolves when all are answered. */
type Sender = () => Promise<void>;

/**
 * Queries a second through the client, beside bare sockets that send the same bytes to the same rtpengine and do not
 * look at the answers. Both take turns, so that what else the machine does hits both.
 */
export async function run(progress: Progress): Promise<readonly BenchRow[]> {
  const parts = await ensureParts();
  const engine = await startRtpengine({ parts, role: 'call', extraArgs: ['--poller-per-thread'] });
  progress('Asking a real rtpengine, by the client and by bare sockets in turn …');
  try {
    const urls = { udp: `udp:127.0.0.1:${engine.ng.udp}`, tcp: `tcp:127.0.0.1:${engine.ng.tcp}` };
    await startCall(urls.tcp);
    return [
      ...(await compare('UDP', clientSender(urls.udp), () => rawUdp(engine.ng.udp))),
      ...(await compare('TCP', clientSender(urls.tcp), () => rawTcp(engine.ng.tcp))),
    ];
  } finally {
    await engine.stop();
  }
}

async function compare(transport: string, client: Sender, raw: Sender): Promise<BenchRow[]> {
  await client();
  await raw();
  const perSecond: { readonly client: number; readonly raw: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    perSecond.push({ client: await rate(client), raw: await rate(raw) });
  }
  const name = `ng client, query over ${transport}`;
  return [
    { name, value: median(perSecond.map((round) => round.client)), unit: 'requests/s' },
    { name: `${name}, bare socket`, value: median(perSecond.map((round) => round.raw)), unit: 'requests/s' },
    {
      name: `${name}, of the bare socket`,
      value: median(perSecond.map((r) => (100 * r.client) / r.raw)),
      unit: '%',
    },
  ];
}

async function rate(send: Sender): Promise<number> {
  const begun = performance.now();
  await send();
  return (1000 * requestsPerRound) / (performance.now() - begun);
}

function clientSender(url: string): Sender {
  return async () => {
    await using client = connect({ url });
    let sent = 0;
    const lane = async () => {
      while (sent++ < requestsPerRound) await client.query({ 'call-id': callId });
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
  };
}

let rawRequests = 0;
const rawRequest = () =>
  encodeMessage(`${cookiePrefix}${rawRequests++}`, { 'call-id': callId, command: 'query' });

async function rawUdp(port: number): Promise<void> {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  await keepInFlight(
    (request) => socket.send(request),
    (answered) => socket.on('message', () => answered(1)),
  );
  socket.close();
}

async function rawTcp(port: number): Promise<void> {
  const socket = connectSocket({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let tail = '';
  await keepInFlight(
    (request) => socket.write(request),
    (answered) =>
      socket.on('data', (chunk) => {
        const answers = (tail + chunk.toString('latin1')).split(endOfAnswer);
        tail = (answers.at(-1) ?? '').slice(-endOfAnswer.length);
        answered(answers.length - 1);
      }),
  );
  socket.destroy();
}

function keepInFlight(
  send: (request: Buffer) => void,
  listen: (answered: (count: number) => void) => void,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  let [sent, answers] = [0, 0];
  const fill = () => {
    while (sent < requestsPerRound && sent - answers < inFlight) {
      sent++;
      send(rawRequest());
    }
  };
  listen((count) => {
    answers += count;
    if (answers >= requestsPerRound) done.resolve();
    else fill();
  });
  fill();
  return done.promise;
}

async function startCall(url: string): Promise<void> {
  await using client = connect({ url });
  const sdp = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=audio 50000 RTP/AVP 8',
    '',
  ];
  const call = { 'call-id': callId, 'from-tag': 'a', sdp: sdp.join('\r\n') };
  await client.offer(call);
  await client.answer({ ...call, 'to-tag': 'b' });
}
