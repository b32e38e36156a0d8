import { connect } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Received } from './received.ts';
import { type Seen, SeenRows } from './seen.ts';

/** What the bench asks of this process. */
export type Order =
  | { readonly kind: 'open'; readonly port: number; readonly tokens: readonly string[] }
  | { readonly kind: 'measure' }
  | { readonly kind: 'report' };

export type Report =
  | { readonly kind: 'opened' }
  | {
      readonly kind: 'seen';
      readonly seen: Seen;
      /** Streams that were cut off and came back. */
      readonly resumed: number;
      /** Share of a core that this process took. */
      readonly cpu: number;
      /** How late this process looked at what had come, p99, ms. */
      readonly lateMs: number;
    };

/** The door takes 200 requests a second from one address. */
const betweenOpens = 7;

const rows = new SeenRows();
const received: Received[] = [];
const delay = monitorEventLoopDelay({ resolution: 1 });
let since = { cpu: process.cpuUsage(), at: performance.now() };
let resumed = 0;

const open = (port: number, token: string, subscriber: number): Promise<void> =>
  new Promise((resolve) => {
    const stream = received[subscriber] ?? new Received();
    received[subscriber] = stream;
    stream.begin();
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const last = stream.lastEventId;
    socket.on('data', (bytes) => {
      const at = performance.timeOrigin + performance.now();
      for (const { agent, inCall } of stream.take(bytes.toString('latin1')))
        rows.add(subscriber, agent, inCall, at);
      if (stream.lastEventId !== last) resolve();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      resumed += 1;
      void open(port, token, subscriber);
    });
    const resume = last === undefined ? '' : `last-event-id: ${last}\r\n`;
    socket.write(`GET /v1/events HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n${resume}\r\n`);
  });

const tell = (report: Report) => process.send?.(report);

process.on('message', async (order: Order) => {
  switch (order.kind) {
    case 'open': {
      const opening: Promise<void>[] = [];
      for (const [n, token] of order.tokens.entries()) {
        opening.push(open(order.port, token, n));
        await pause(betweenOpens);
      }
      await Promise.all(opening);
      return tell({ kind: 'opened' });
    }
    case 'measure':
      rows.clear();
      delay.reset();
      delay.enable();
      since = { cpu: process.cpuUsage(), at: performance.now() };
      return;
    case 'report': {
      const { user, system } = process.cpuUsage(since.cpu);
      const cpu = (user + system) / 1000 / (performance.now() - since.at);
      const lateMs = delay.percentile(99) / 1e6;
      return tell({ kind: 'seen', seen: rows.seen(), resumed, cpu, lateMs });
    }
  }
});
