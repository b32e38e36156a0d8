import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { event, firstSecret, idsOf, verified, type WebhookStage, webhookStage } from './webhook.fixture.ts';

let stage: WebhookStage;
beforeEach(async () => {
  stage = await webhookStage();
});
afterEach(() => stage.close());

describe('a receiver', () => {
  it('that answers 500 thrice gets the same event again, each time longer after, and what came later in order', async () => {
    let failures = 3;
    const there = await stage.receiver((_, __, response) =>
      response.writeHead(failures-- > 0 ? 500 : 204).end(),
    );
    const webhook = stage.to(there.url);
    webhook.tell(event(1));
    webhook.tell(event(2));
    const received = await there.got(5);
    expect(idsOf(received)).toEqual([...Array(4).fill('listen-1-ended'), 'listen-2-ended']);
    expect(new Set(received.slice(0, 4).map(({ body }) => body)).size).toBe(1);
    for (const one of received) verified(one, firstSecret);
    expect(stage.pauses).toEqual([1, 2, 3].map((n) => [n, undefined]));
    await stage.settled(2);
    expect(stage.fates).toEqual(['delivered', 'delivered']);
    expect(stage.logged.map(({ msg }) => msg)).toEqual([
      'a webhook receiver takes no events; they wait',
      'a webhook receiver takes events again',
    ]);
  });

  it('that says when to come again is left alone so long', async () => {
    let busy = true;
    const there = await stage.receiver((_, __, response) => {
      response.writeHead(busy ? 429 : 204, { 'retry-after': '7' }).end();
      busy = false;
    });
    stage.to(there.url).tell(event(1));
    await there.got(2);
    expect(stage.pauses).toEqual([[1, 7_000]]);
  });

  it('that hangs is given up after its time and tried again; nobody waits for it', async () => {
    let hangs = true;
    const there = await stage.receiver((_, __, response) => {
      if (!hangs) response.writeHead(204).end();
    });
    const webhook = stage.to(there.url, { answerWithinMs: 50 });
    const from = performance.now();
    for (let n = 0; n < 100; n++) webhook.tell(event(n));
    // a fifth of what it takes to wait for each
    expect(performance.now() - from).toBeLessThan(1_000);
    await there.got(2);
    hangs = false;
    await stage.settled(100);
    expect(new Set(stage.fates)).toEqual(new Set(['delivered']));
    expect(stage.logged[0]?.why).toBe('did not answer in time');
  });

  it('that is started anew gets what happened meanwhile', async () => {
    const there = await stage.receiver();
    const webhook = stage.to(there.url);
    webhook.tell(event(1));
    await stage.settled(1);
    await there.close();
    webhook.tell(event(2));
    webhook.tell(event(3));
    await vi.waitFor(() => expect(stage.pauses.length).toBeGreaterThan(1));
    await there.open();
    expect(idsOf(await there.got(3))).toEqual(['listen-1-ended', 'listen-2-ended', 'listen-3-ended']);
  });

  it('that sends us elsewhere is not followed', async () => {
    const elsewhere = await stage.receiver();
    let sends = true;
    const there = await stage.receiver((_, __, response) => {
      response.writeHead(sends ? 307 : 204, { location: elsewhere.url }).end();
    });
    stage.to(there.url).tell(event(1));
    await there.got(3);
    sends = false;
    await stage.settled(1);
    expect([elsewhere.received, stage.logged[0]?.why]).toEqual([[], 'answered 307']);
  });

  it('that answers without end is believed by its status, and not read', async () => {
    let written = 0;
    const there = await stage.receiver((_, __, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && written < 1e9 && response.write(Buffer.alloc(65_536)))
          written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const webhook = stage.to(there.url);
    webhook.tell(event(1));
    webhook.tell(event(2));
    await stage.settled(2);
    expect(stage.fates).toEqual(['delivered', 'delivered']);
    // what the buffers of two connections hold
    expect(written).toBeLessThan(32e6);
  });

  it.each([400, 413, 415, 422])('that will never take an event (%i) gets the next one', async (status) => {
    const there = await stage.receiver(({ headers }, _, response) =>
      response.writeHead(headers['webhook-id'] === 'listen-1-ended' ? status : 204).end(),
    );
    const webhook = stage.to(there.url);
    webhook.tell(event(1));
    webhook.tell(event(2));
    await stage.settled(2);
    expect([stage.fates, there.received.length]).toEqual([['refused', 'delivered'], 2]);
    expect(stage.logged[0]).toMatchObject({ event: 'listen-1-ended', why: `answered ${status}` });
  });

  it('that is gone (410) is sent nothing more', async () => {
    const there = await stage.receiver((_, __, response) => response.writeHead(410).end());
    const webhook = stage.to(there.url);
    for (const n of [1, 2]) webhook.tell(event(n));
    await stage.settled(2);
    webhook.tell(event(3));
    expect([stage.fates, there.received.length]).toEqual([['dropped', 'dropped', 'dropped'], 1]);
  });
});
