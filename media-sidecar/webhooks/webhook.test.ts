import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HTTP } from 'cloudevents';
import { pino } from 'pino';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListenEvent } from '../events/event-stream.ts';
import { cloudEvent } from './cloud-event.ts';
import { type Received, Receiver } from './receiver.fixture.ts';
import { type Fate, Webhook, type WebhookParts } from './webhook.ts';

const secret = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`;
const [first, second] = [secret('a'), secret('b')];

let folder: string;
let file: string;
let fates: Fate[];
let logged: { msg: string; event?: string; why?: string }[];
let pauses: (readonly [number, number | undefined])[];
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webhook-'));
  file = join(folder, 'secret');
  await writeFile(file, first);
  fates = [];
  logged = [];
  pauses = [];
});
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
  await rm(folder, { recursive: true });
});

const receiver = async (...of: ConstructorParameters<typeof Receiver>) => {
  const opened = await new Receiver(...of).open();
  open.push(opened);
  return opened;
};
const log = () => pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line)) });
const to = (url: string, parts: Partial<WebhookParts> = {}, secrets: object[] = [{ file }]) => {
  const config = { company: 'acme/acme', url, secrets } as WebhookParts['config'];
  const pause: WebhookParts['pause'] = (...of) => {
    pauses.push(of);
    return 1;
  };
  const webhook = new Webhook({ config, log: log(), onFate: (fate) => fates.push(fate), pause, ...parts });
  open.push(webhook);
  return webhook;
};
const event = (n: number | string) => {
  const [karin, anna] = ['karin', 'anna'].map((name) => ({ company: 'acme/acme', name }));
  if (!karin || !anna) throw new Error();
  const of = { id: `listen-${n}`, callId: 'call', listener: karin, listenerName: 'Karin Ek', target: anna };
  return cloudEvent('media-1', { kind: 'ended', at: 1_000, ...of, reason: 'CallEnded' } as ListenEvent);
};
const verified = ({ headers, body }: Received, by: string) =>
  new StandardWebhook(by).verify(body, headers as Record<string, string>);
const idsOf = (received: readonly Received[]) => received.map(({ headers }) => headers['webhook-id']);
const settled = (count: number) => vi.waitFor(() => expect(fates).toHaveLength(count), { timeout: 5_000 });

describe('an event', () => {
  it('comes as a signed CloudEvent that libraries of others read and verify', async () => {
    const there = await receiver();
    to(there.url).tell(event(1));
    const [sent] = await there.got(1);
    if (!sent) throw new Error('nothing came');
    expect(verified(sent, first)).toMatchObject({ type: 'dev.medlyssning.listen.ended' });
    const read = HTTP.toEvent({ headers: sent.headers, body: sent.body });
    expect(read).toMatchObject({
      specversion: '1.0',
      id: 'listen-1-ended',
      source: '/medlyssning/nodes/media-1',
      subject: 'listen-1',
      data: { listener: { user: 'karin', displayName: 'Karin Ek' }, reason: 'CallEnded' },
    });
    expect(sent.headers['webhook-id']).toBe('listen-1-ended');
  });

  it.each([
    ['by another key', (sent: Received) => sent, second],
    [
      'with another body',
      (sent: Received) => ({ ...sent, body: sent.body.replace('karin', 'kalle') }),
      first,
    ],
    [
      'under another id',
      (sent: Received) => ({ ...sent, headers: { ...sent.headers, 'webhook-id': 'x' } }),
      first,
    ],
  ])('does not verify %s', async (_, changed, by) => {
    const there = await receiver();
    to(there.url).tell(event(1));
    const [sent] = await there.got(1);
    if (!sent) throw new Error('nothing came');
    expect(() => verified(changed(sent), by)).toThrow();
  });

  it('is signed by both keys while they change, and by the new one once the file has it', async () => {
    const there = await receiver();
    vi.stubEnv('NEW_WEBHOOK_SECRET', second);
    const webhook = to(there.url, {}, [{ file }, { env: 'NEW_WEBHOOK_SECRET' }]);
    webhook.tell(event(1));
    const [both] = await there.got(1);
    if (!both) throw new Error('nothing came');
    expect([verified(both, first), verified(both, second)]).toHaveLength(2);
    await writeFile(file, second);
    webhook.tell(event(2));
    const [, after] = await there.got(2);
    if (!after) throw new Error('nothing came');
    expect(() => verified(after, first)).toThrow();
    verified(after, second);
    vi.unstubAllEnvs();
  });

  it('waits where its key is not there, and goes once it is', async () => {
    const there = await receiver();
    await rm(file);
    to(there.url).tell(event(1));
    await vi.waitFor(() => expect(pauses.length).toBeGreaterThan(1));
    expect(there.received).toEqual([]);
    expect(logged[0]?.why).toContain('cannot be read: ENOENT');
    await writeFile(file, first);
    await there.got(1);
  });
});

describe('a receiver', () => {
  it('that answers 500 thrice gets the same event again, each time longer after, and what came later in order', async () => {
    let failures = 3;
    const there = await receiver((_, __, response) => response.writeHead(failures-- > 0 ? 500 : 204).end());
    const webhook = to(there.url);
    webhook.tell(event(1));
    webhook.tell(event(2));
    const received = await there.got(5);
    expect(idsOf(received)).toEqual([...Array(4).fill('listen-1-ended'), 'listen-2-ended']);
    expect(new Set(received.slice(0, 4).map(({ body }) => body)).size).toBe(1);
    for (const one of received) verified(one, first);
    expect(pauses).toEqual([1, 2, 3].map((n) => [n, undefined]));
    await settled(2);
    expect(fates).toEqual(['delivered', 'delivered']);
    expect(logged.map(({ msg }) => msg)).toEqual([
      'a webhook receiver takes no events; they wait',
      'a webhook receiver takes events again',
    ]);
  });

  it('that says when to come again is left alone so long', async () => {
    let busy = true;
    const there = await receiver((_, __, response) => {
      response.writeHead(busy ? 429 : 204, { 'retry-after': '7' }).end();
      busy = false;
    });
    to(there.url).tell(event(1));
    await there.got(2);
    expect(pauses).toEqual([[1, 7_000]]);
  });

  it('that hangs is given up after its time and tried again; nobody waits for it', async () => {
    let hangs = true;
    const there = await receiver((_, __, response) => {
      if (!hangs) response.writeHead(204).end();
    });
    const webhook = to(there.url, { answerWithinMs: 50 });
    const from = performance.now();
    for (let n = 0; n < 100; n++) webhook.tell(event(n));
    // a fifth of what it takes to wait for each
    expect(performance.now() - from).toBeLessThan(1_000);
    await there.got(2);
    hangs = false;
    await settled(100);
    expect(new Set(fates)).toEqual(new Set(['delivered']));
    expect(logged[0]?.why).toBe('did not answer in time');
  });

  it('that is started anew gets what happened meanwhile', async () => {
    const there = await receiver();
    const webhook = to(there.url);
    webhook.tell(event(1));
    await settled(1);
    await there.close();
    webhook.tell(event(2));
    webhook.tell(event(3));
    await vi.waitFor(() => expect(pauses.length).toBeGreaterThan(1));
    await there.open();
    expect(idsOf(await there.got(3))).toEqual(['listen-1-ended', 'listen-2-ended', 'listen-3-ended']);
  });

  it('that sends us elsewhere is not followed', async () => {
    const elsewhere = await receiver();
    let sends = true;
    const there = await receiver((_, __, response) => {
      response.writeHead(sends ? 307 : 204, { location: elsewhere.url }).end();
    });
    to(there.url).tell(event(1));
    await there.got(3);
    sends = false;
    await settled(1);
    expect([elsewhere.received, logged[0]?.why]).toEqual([[], 'answered 307']);
  });

  it('that answers without end is believed by its status, and not read', async () => {
    let written = 0;
    const there = await receiver((_, __, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && written < 1e9 && response.write(Buffer.alloc(65_536)))
          written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const webhook = to(there.url);
    webhook.tell(event(1));
    webhook.tell(event(2));
    await settled(2);
    expect(fates).toEqual(['delivered', 'delivered']);
    // what the buffers of two connections hold
    expect(written).toBeLessThan(32e6);
  });

  it.each([400, 413, 415, 422])('that will never take an event (%i) gets the next one', async (status) => {
    const there = await receiver(({ headers }, _, response) =>
      response.writeHead(headers['webhook-id'] === 'listen-1-ended' ? status : 204).end(),
    );
    const webhook = to(there.url);
    webhook.tell(event(1));
    webhook.tell(event(2));
    await settled(2);
    expect([fates, there.received.length]).toEqual([['refused', 'delivered'], 2]);
    expect(logged[0]).toMatchObject({ event: 'listen-1-ended', why: `answered ${status}` });
  });

  it('that is gone (410) is sent nothing more', async () => {
    const there = await receiver((_, __, response) => response.writeHead(410).end());
    const webhook = to(there.url);
    for (const n of [1, 2]) webhook.tell(event(n));
    await settled(2);
    webhook.tell(event(3));
    expect([fates, there.received.length]).toEqual([['dropped', 'dropped', 'dropped'], 1]);
  });
});

describe('events that wait', () => {
  it('are so many at most: the oldest go, and each is counted and named', async () => {
    const there = await receiver(() => {});
    const webhook = to(there.url, { waitingAtMost: 3 });
    webhook.tell(event(1));
    await there.got(1);
    for (const n of [2, 3, 4, 5]) webhook.tell(event(n));
    expect(webhook.waiting).toBe(3);
    expect(fates).toEqual(['dropped', 'dropped']);
    // the first is on its way
    expect(logged.map((line) => line.event)).toEqual(['listen-2-ended', 'listen-3-ended']);
  });

  it('are of use for an hour', async () => {
    let now = 0;
    const there = await receiver((_, __, response) => {
      now = 60 * 60_000 + 1;
      response.writeHead(503).end();
    });
    to(there.url, { now: () => now }).tell(event(1));
    await settled(1);
    expect([fates, there.received.length]).toEqual([['dropped'], 1]);
  });

  it('get out where the sidecar is stopped, if the receiver takes them', async () => {
    let slow = true;
    const there = await receiver(async (_, __, response) => {
      if (slow) await new Promise((resolve) => setTimeout(resolve, 20));
      slow = false;
      response.writeHead(204).end();
    });
    const webhook = to(there.url);
    for (const n of [1, 2, 3]) webhook.tell(event(n));
    await webhook.close();
    expect([fates, there.received.length]).toEqual([['delivered', 'delivered', 'delivered'], 3]);
  });

  it('do not hold up the stop of the sidecar, and are counted', async () => {
    const there = await receiver((_, __, response) => response.writeHead(500).end());
    const webhook = to(there.url, { pause: () => 3_600_000 });
    for (const n of [1, 2]) webhook.tell(event(n));
    await there.got(1);
    await webhook.close();
    expect(fates).toEqual(['dropped', 'dropped']);
  });
});
