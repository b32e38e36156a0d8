import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { expect, vi } from 'vitest';
import type { ListenEvent } from '../events/event-stream.ts';
import { cloudEvent } from './cloud-event.ts';
import { type Received, Receiver } from './receiver.fixture.ts';
import { type Fate, Webhook, type WebhookParts } from './webhook.ts';

const secret = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`;
export const [firstSecret, secondSecret] = [secret('a'), secret('b')];

/** The end of a listen of Karin's. @param n tells it from others */
export const event = (n: number) => {
  const [karin, anna] = ['karin', 'anna'].map((name) => ({ company: 'acme/acme', name }));
  if (!karin || !anna) throw new Error();
  const of = { id: `listen-${n}`, callId: 'call', listener: karin, listenerName: 'Karin Ek', target: anna };
  return cloudEvent('media-1', { kind: 'ended', at: 1_000, ...of, reason: 'CallEnded' } as ListenEvent);
};

/** What somebody else's library reads in it; throws where it was not signed by this secret. */
export const verified = ({ headers, body }: Received, by: string) =>
  new StandardWebhook(by).verify(body, headers as Record<string, string>);

export const idsOf = (received: readonly Received[]) => received.map(({ headers }) => headers['webhook-id']);

export type WebhookStage = Awaited<ReturnType<typeof webhookStage>>;

/** Webhooks whose pauses are short, signed by a secret in a file, and what became of their events. */
export const webhookStage = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-'));
  const file = join(folder, 'secret');
  await writeFile(file, firstSecret);
  const fates: Fate[] = [];
  const logged: { msg: string; event?: string; why?: string }[] = [];
  /** Which failure it was after, and what the receiver asked for, ms. */
  const pauses: (readonly [number, number | undefined])[] = [];
  const open: { close(): Promise<void> }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line)) });
  return {
    file,
    fates,
    logged,
    pauses,
    receiver: async (...of: ConstructorParameters<typeof Receiver>) => {
      const opened = await new Receiver(...of).open();
      open.push(opened);
      return opened;
    },
    to: (url: string, parts: Partial<WebhookParts> = {}, secrets: object[] = [{ file }]) => {
      const config = { company: 'acme/acme', url, secrets } as WebhookParts['config'];
      const pause: WebhookParts['pause'] = (...of) => {
        pauses.push(of);
        return 1;
      };
      const webhook = new Webhook({ config, log, onFate: (fate) => fates.push(fate), pause, ...parts });
      open.push(webhook);
      return webhook;
    },
    /** Resolves once so many events are delivered or given up. */
    settled: (count: number) => vi.waitFor(() => expect(fates).toHaveLength(count), { timeout: 5_000 }),
    async close() {
      for (const it of open.reverse()) await it.close();
      await rm(folder, { recursive: true });
    },
  };
};
