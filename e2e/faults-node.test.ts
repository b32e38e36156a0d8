import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { Phone } from './lib/phone/index.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.start();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

describe('an offer that cannot be met', () => {
  const offers = {
    'a codec nobody knows': 'm=audio 40000 RTP/AVP 96\r\na=rtpmap:96 FOOBAR/8000\r\n',
    'no codec at all': 'm=audio 40000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n',
    'no RTP': 'm=audio 40000 UDP/XYZ 1\r\n',
  };
  it.each(Object.entries(offers))('%s: refused, and nothing is left', async (_, media) => {
    const anna = await scene.talk('anna');
    const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n${media}`;
    const call = await scene.dial('karin', 'anna', { sdp });
    expect((await call.ended).status).toBe(488);
    await expectCalm(anna, 0);
    expect(await onEngines(scene.world)).toEqual(nothing);
    await anna.customer.hangUp();
  });
});

it('a phone that vanishes without a word: its listen ends, its line is free, and the target is told', async () => {
  const { world } = scene;
  const anna = await scene.talk('anna');
  const phone = await world.phone('sven-desk');
  const sven = await phone.call('sip:*28*0846500403@acme.example');
  await sven.answered;
  await phone.close();
  await expect.poll(() => onEngines(world), { timeout: 25_000 }).toEqual(nothing);
  expect(await scene.lastEnd('sven')).toMatchObject({
    reason: 'ListenerHungUp',
    startedAt: expect.any(String),
  });
  await (await scene.listen('sven')).hangUp();
  await expectCalm(anna, 2);
  await anna.customer.hangUp();
});

describe('SIGTERM', () => {
  it('ends the listens with the reason, refuses what comes, and goes with 0; calls notice nothing', async () => {
    const { world } = scene;
    const anna = await scene.talk('anna');
    const karin = await scene.listen('karin');
    world.listeningEngine.process.signal('SIGSTOP');
    world.sidecar.signal('SIGTERM');
    expect(codeOf(await karin.ended)).toBe('Draining');
    const refused = await scene.phone('sven').then((sven) => sven.call('sip:*28*0846500403@acme.example'));
    const end = await refused.ended;
    expect([end.status, codeOf(end), end.retryAfter]).toEqual([503, 'Draining', '5']);
    const monitor = await Phone.open({ user: 'monitor' });
    const options = await monitor.request('OPTIONS', `sip:127.0.0.1:${world.place.sipPort};transport=tcp`);
    expect([options.statusCode, options.getHeader('retry-after')]).toEqual([503, '5']);
    await monitor.close();
    const ready = await fetch(`http://127.0.0.1:${world.place.metricsPort}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('draining')]);
    world.listeningEngine.process.signal('SIGCONT');
    expect(await world.sidecar.exited).toEqual({ code: 0 });
    expect(await scene.lastEnd()).toMatchObject({ reason: 'Draining' });
    expect(await onEngines(world)).toEqual(nothing);
    await expectCalm(anna, 1);
    await world.restartSidecar();
    await (await scene.listen('karin')).hangUp();
    await anna.customer.hangUp();
  });
});
