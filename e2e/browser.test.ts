import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hears, partyTone } from './lib/audio/index.ts';
import { type BrowserStage, startBrowserStage } from './lib/browser/browser-stage.ts';
import type { ListenerPage } from './lib/browser/listener-page.ts';
import { livesFor } from './lib/browser/lives-for.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import type { Stage } from './lib/outcome/stage.ts';
import type { Talk } from './lib/outcome/talk.ts';

const [controlHz, customerHz, annaHz, browserHz] = [partyTone(0), partyTone(1), partyTone(2), partyTone(3)];

let browser: BrowserStage;
let stage: Stage;
let talk: Talk;
beforeAll(async () => {
  browser = await startBrowserStage();
  stage = await acmeStage(['anna'], browser.options);
  talk = stage.talkOf('anna');
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

const tokenOf = (name: string) => browser.issuer.token(`${name}@acme.example`);

interface Answer {
  readonly me: object;
  readonly listens: readonly object[];
  readonly colleagues: readonly { readonly user: string }[];
}

const get = async (name: string, path: string): Promise<Answer> => {
  const headers = { authorization: `Bearer ${await tokenOf(name)}` };
  return (await (await fetch(`${browser.origin}${path}`, { headers })).json()) as Answer;
};

/** Waits until the page has heard both parties for a second, and tells which tones it hears then. */
const heardIn = (page: ListenerPage) =>
  vi.waitFor(
    async () => {
      const recording = await page.recording();
      const heard = hears(recording, {
        tones: [customerHz, annaHz, controlHz],
        from: performance.now() - 500,
      });
      expect(heard).toEqual({ [customerHz]: true, [annaHz]: true, [controlHz]: false });
      return heard;
    },
    { timeout: 10_000, interval: 50 },
  );

const recordOf = <K extends AuditRecord['record']>(kind: K, id: string) =>
  stage.world.recorded(
    (one): one is Extract<AuditRecord, { record: K }> => one.record === kind && one.id === id,
  );

describe('a browser', () => {
  it('hears both parties of a call, is shown to the one listened to, and ends its listen', async () => {
    const page = await browser.page();
    const token = await tokenOf('karin');
    const { asked, answered } = await page.listen({ token, target: 'anna' });
    expect(asked).toMatchObject({ status: 201 });
    const { id } = JSON.parse(asked.text);
    expect(answered).toMatchObject({
      status: 201,
      headers: { 'content-type': 'application/sdp', location: `/v1/listens/${id}`, etag: expect.any(String) },
    });
    await heardIn(page);
    expect((await talk.phone.messages.next()).body).toBe('Karin Ek lyssnar på ditt samtal.');
    expect(await page.packets()).toMatchObject({ sent: 0, streams: 1, lost: 0 });
    const karin = { user: 'karin', displayName: 'Karin Ek' };
    expect((await get('anna', '/v1/colleagues')).me).toMatchObject({ listeners: [{ id, listener: karin }] });
    expect((await get('bo', '/v1/listens')).listens).toEqual([]);
    const { me, colleagues } = await get('karin', '/v1/colleagues');
    expect(me).toMatchObject({ listening: { id, target: { user: 'anna' } } });
    expect(colleagues.find(({ user }) => user === 'anna')).toMatchObject({
      reason: 'ListenerLineBusy',
      inCall: true,
    });
    expect(await recordOf('attempt', id)).toMatchObject({
      listener: { user: 'karin' },
      target: { user: 'anna' },
      device: { name: 'browser', kind: 'Browser' },
      reason: 'Allowed',
    });

    expect((await page.stop(token)).status).toBe(204);
    expect(await recordOf('end', id)).toMatchObject({ reason: 'ListenerHungUp' });
    await talk.phone.messages.next();
    await page.close();
  });

  it('takes the line: no listening by phone beside it (R11), and another browser is refused', async () => {
    const page = await browser.page();
    const token = await tokenOf('karin');
    await page.listen({ token, target: 'anna' });
    await talk.phone.messages.next();
    const again = await page.listen({ token, target: 'anna' });
    expect(again.asked.status).toBe(409);
    expect(JSON.parse(again.asked.text)).toMatchObject({ reason: 'ListenerLineBusy' });
    const call = await stage.dial('karin-desk', '*28*0846500403');
    expect((await call.ended).reason).toContain('ListenerLineBusy');
    await page.stop(token);
    await talk.phone.messages.next();
    await page.close();
  });

  it('that offers to speak, and speaks, is heard by nobody: neither party, nor whoever listens beside it', async () => {
    const [page, beside] = [await browser.page(), await browser.page()];
    const [token, karins] = [await tokenOf('sven'), await tokenOf('karin')];
    const { answered } = await page.listen({ token, target: 'anna', speakHz: browserHz });
    expect(answered?.text).toContain('a=sendonly');
    await beside.listen({ token: karins, target: 'anna' });
    await heardIn(page);
    await heardIn(beside);
    // what follows would hold for a page that is silent, too
    await vi.waitFor(async () => expect((await page.packets()).sent).toBeGreaterThan(100), {
      timeout: 10_000,
    });
    expect((await page.packets()).spoken).toBeGreaterThan(0.01);
    const from = performance.now() - 1_000;
    for (const call of [talk.customer, talk.colleague])
      expect(hears(call.recording, { tones: [browserHz], from })).toEqual({ [browserHz]: false });
    expect(hears(talk.customer.recording, { tones: [annaHz], from })).toEqual({ [annaHz]: true });
    const besideHears = hears(await beside.recording(), { tones: [annaHz, browserHz], from });
    expect(besideHears).toEqual({ [annaHz]: true, [browserHz]: false });
    await page.stop(token);
    await beside.stop(karins);
    for (let n = 0; n < 4; n++) await talk.phone.messages.next();
    await page.close();
    await beside.close();
  });

  it('whose tab is gone is noticed within 20 s, and no longer shown', async () => {
    const page = await browser.page();
    const { asked } = await page.listen({ token: await tokenOf('karin'), target: 'anna' });
    const { id } = JSON.parse(asked.text);
    await heardIn(page);
    await talk.phone.messages.next();
    // long enough for a browser that lives to have been taken for one that does not
    await livesFor(stage.world, id, 16_000);
    expect((await stage.world.audit()).filter((one) => one.id === id && one.record === 'end')).toEqual([]);
    await page.kill();
    const goneAt = performance.now();
    expect((await talk.phone.messages.next(20_000)).body).toBe('Ingen lyssnar längre på ditt samtal.');
    expect(performance.now() - goneAt).toBeLessThan(20_000);
    expect(await recordOf('end', id)).toMatchObject({ reason: 'ListenerHungUp' });
  });
});
