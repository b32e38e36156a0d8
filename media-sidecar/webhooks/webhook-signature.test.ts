import { rm, writeFile } from 'node:fs/promises';
import { HTTP } from 'cloudevents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Received } from './receiver.fixture.ts';
import {
  event,
  firstSecret as first,
  secondSecret as second,
  verified,
  type WebhookStage,
  webhookStage,
} from './webhook.fixture.ts';

let stage: WebhookStage;
beforeEach(async () => {
  stage = await webhookStage();
});
afterEach(() => stage.close());

describe('an event', () => {
  it('comes as a signed CloudEvent that libraries of others read and verify', async () => {
    const there = await stage.receiver();
    stage.to(there.url).tell(event(1));
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
    const there = await stage.receiver();
    stage.to(there.url).tell(event(1));
    const [sent] = await there.got(1);
    if (!sent) throw new Error('nothing came');
    expect(() => verified(changed(sent), by)).toThrow();
  });

  it('is signed by both keys while they change, and by the new one once the file has it', async () => {
    const there = await stage.receiver();
    vi.stubEnv('NEW_WEBHOOK_SECRET', second);
    const webhook = stage.to(there.url, {}, [{ file: stage.file }, { env: 'NEW_WEBHOOK_SECRET' }]);
    webhook.tell(event(1));
    const [both] = await there.got(1);
    if (!both) throw new Error('nothing came');
    expect([verified(both, first), verified(both, second)]).toHaveLength(2);
    await writeFile(stage.file, second);
    webhook.tell(event(2));
    const [, after] = await there.got(2);
    if (!after) throw new Error('nothing came');
    expect(() => verified(after, first)).toThrow();
    verified(after, second);
    vi.unstubAllEnvs();
  });

  it('waits where its key is not there, and goes once it is', async () => {
    const there = await stage.receiver();
    await rm(stage.file);
    stage.to(there.url).tell(event(1));
    await vi.waitFor(() => expect(stage.pauses.length).toBeGreaterThan(1));
    expect(there.received).toEqual([]);
    expect(stage.logged[0]?.why).toContain('cannot be read: ENOENT');
    await writeFile(stage.file, first);
    await there.got(1);
  });
});
