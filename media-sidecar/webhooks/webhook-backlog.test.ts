import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { event, type WebhookStage, webhookStage } from './webhook.fixture.ts';

let stage: WebhookStage;
beforeEach(async () => {
  stage = await webhookStage();
});
afterEach(() => stage.close());

describe('events that wait', () => {
  it('are so many at most: the oldest go, and each is counted and named', async () => {
    const there = await stage.receiver(() => {});
    const webhook = stage.to(there.url, { waitingAtMost: 3 });
    webhook.tell(event(1));
    await there.got(1);
    for (const n of [2, 3, 4, 5]) webhook.tell(event(n));
    expect(webhook.waiting).toBe(3);
    expect(stage.fates).toEqual(['dropped', 'dropped']);
    // the first is on its way
    expect(stage.logged.map((line) => line.event)).toEqual(['listen-2-ended', 'listen-3-ended']);
  });

  it('are of use for an hour', async () => {
    let now = 0;
    const there = await stage.receiver((_, __, response) => {
      now = 60 * 60_000 + 1;
      response.writeHead(503).end();
    });
    stage.to(there.url, { now: () => now }).tell(event(1));
    await stage.settled(1);
    expect([stage.fates, there.received.length]).toEqual([['dropped'], 1]);
  });

  it('get out where the sidecar is stopped, if the receiver takes them', async () => {
    let slow = true;
    const there = await stage.receiver(async (_, __, response) => {
      if (slow) await new Promise((resolve) => setTimeout(resolve, 20));
      slow = false;
      response.writeHead(204).end();
    });
    const webhook = stage.to(there.url);
    for (const n of [1, 2, 3]) webhook.tell(event(n));
    await webhook.close();
    expect([stage.fates, there.received.length]).toEqual([['delivered', 'delivered', 'delivered'], 3]);
  });

  it('do not hold up the stop of the sidecar, and are counted', async () => {
    const there = await stage.receiver((_, __, response) => response.writeHead(500).end());
    const webhook = stage.to(there.url, { pause: () => 3_600_000 });
    for (const n of [1, 2]) webhook.tell(event(n));
    await there.got(1);
    await webhook.close();
    expect(stage.fates).toEqual(['dropped', 'dropped']);
  });
});
