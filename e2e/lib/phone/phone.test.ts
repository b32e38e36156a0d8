import { header } from '@medlyssning/sip-tcp';
import { afterEach, describe, expect, it } from 'vitest';
import { hears } from '../audio/hears.ts';
import { tone } from '../rtp/audio-source.ts';
import { Phone } from './phone.ts';
import type { PhoneOptions } from './phone-options.ts';

const open: Phone[] = [];
afterEach(async () => {
  for (const phone of open.splice(0)) await phone.close();
});

async function phone(user: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
  const made = await Phone.open({ user, ...options });
  open.push(made);
  return made;
}

/** Half a second: on a busy machine the first packet was read late, and a recording is laid out from there. */
const settled = 25;

describe('a call from phone to phone', () => {
  it('is heard both ways, is held and resumed, and ends for both', async () => {
    const anna = await phone('anna', { source: tone(624) });
    const bo = await phone('bo', { source: tone(1299), bind: '127.0.0.2' });
    const call = await anna.call(bo.directUri);
    await call.answered;
    const received = await bo.incoming.next();
    let from = performance.now();
    await Promise.all([call.rtp.hear(10), received.rtp.hear(10)]);
    expect(hears(call.recording, { tones: [624, 1299], from })).toEqual({ 624: false, 1299: true });
    expect(hears(received.recording, { tones: [624, 1299], from })).toEqual({ 624: true, 1299: false });

    expect(await call.hold()).toBe(200);
    const sent = received.rtp.sent;
    await received.rtp.hear(settled);
    from = performance.now();
    await received.rtp.hear(10);
    expect(hears(received.recording, { tones: [624], from })).toEqual({ 624: false });
    expect(received.rtp.sent).toBe(sent);

    expect(await call.resume()).toBe(200);
    await received.rtp.hear(settled);
    from = performance.now();
    await Promise.all([call.rtp.hear(10), received.rtp.hear(10)]);
    expect(hears(received.recording, { tones: [624], from })).toEqual({ 624: true });

    expect([await received.hold(), await received.resume(), await call.hold()]).toEqual([200, 200, 200]);
    await received.hangUp([header('Reason', 'SIP;cause=200;text="CallEnded"')]);
    expect(await call.ended).toMatchObject({ how: 'byThem', reason: 'SIP;cause=200;text="CallEnded"' });
    expect(received.rtp.streams).toMatchObject([{ lost: 0 }]);
  });

  it('tells why it was refused', async () => {
    const bo = await phone('bo', { incoming: { kind: 'refuse', status: 486 } });
    const call = await (await phone('anna')).call(bo.directUri);
    await expect(call.answered).rejects.toMatchObject({ end: { how: 'refused', status: 486 } });
  });

  it('is cancelled while it rings', async () => {
    const bo = await phone('bo', { incoming: { kind: 'ring' } });
    const call = await (await phone('anna')).call(bo.directUri);
    expect(await call.ringing).toBe(180);
    call.cancel();
    expect(await call.ended).toMatchObject({ how: 'cancelled', status: 487 });
    expect(await (await bo.incoming.next()).ended).toMatchObject({ how: 'cancelled' });
  });

  it('is answered when the test says so, and hung up at once', async () => {
    const bo = await phone('bo', { incoming: { kind: 'ring' } });
    const call = await (await phone('anna')).call(bo.directUri);
    const received = await bo.incoming.next();
    received.answer();
    expect(await received.hangUp()).toMatchObject({ how: 'byUs' });
    expect(await call.ended).toMatchObject({ how: 'byThem' });
  });

  it('fails at once when nobody is there', async () => {
    const call = await (await phone('anna')).call('sip:bo@127.0.0.1:1');
    expect(await call.ended).toMatchObject({ how: 'transportFailed', status: 503 });
  });

  it('is transferred: the other side calls on', async () => {
    const [bo, cia] = [await phone('bo'), await phone('cia')];
    const call = await (await phone('anna')).call(bo.directUri);
    await call.answered;
    expect(await call.transfer(cia.directUri)).toBe(202);
    await call.hangUp();
    await (await cia.incoming.next()).answered;
  });
});

describe('the rest of a phone', () => {
  it('receives texts', async () => {
    const [anna, bo] = [await phone('anna', { displayName: 'Anna "A" Ek' }), await phone('bo')];
    const response = await anna.request('MESSAGE', bo.directUri, [], 'Karin lyssnar på ditt samtal');
    expect(response.statusCode).toBe(200);
    expect(await bo.messages.next()).toMatchObject({ body: 'Karin lyssnar på ditt samtal' });
    expect(bo.messages.all[0]?.from).toContain('"Anna \\"A\\" Ek"');
  });

  it('forges the headers it is told to', async () => {
    const bo = await phone('bo', { incoming: { kind: 'ring' } });
    const mallory = await phone('mallory', { userAgent: 'Desk/1.0' });
    await mallory.call(bo.directUri, {
      headers: [header('P-Asserted-Identity', '<sip:karin@acme.example>')],
    });
    const { message } = await bo.incoming.next();
    expect(['P-Asserted-Identity', 'User-Agent'].map((name) => message?.getHeader(name))).toEqual([
      '<sip:karin@acme.example>',
      'Desk/1.0',
    ]);
  });
});
