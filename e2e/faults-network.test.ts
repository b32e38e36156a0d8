import { freePort } from '@medlyssning/tools/real/ports.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { fair, NgProxy } from './lib/faults/ng-proxy.ts';
import { codeOf, type Listener, Scene } from './lib/faults/scene.ts';
import { TcpProxy } from './lib/faults/tcp-proxy.ts';
import { CallNotAnsweredError } from './lib/phone/index.ts';
import { writeSdp } from './lib/phone/phone-sdp.ts';
import { RtpEndpoint } from './lib/rtp/index.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';

let scene: Scene;
let mirror: TcpProxy;
let [toCall, toListening]: NgProxy[] = [];
beforeAll(async () => {
  scene = await Scene.start({
    sidecar: async ({ hepPort, callUdp, listeningUdp }) => {
      const behind = await freePort();
      mirror = await TcpProxy.open(hepPort, behind);
      toCall = await NgProxy.open(callUdp);
      toListening = await NgProxy.open(listeningUdp);
      return {
        observe: { hep: `tcp:127.0.0.1:${behind}`, resyncSeconds: 30 },
        engines: {
          call: { ng: `udp:127.0.0.1:${toCall.port}` },
          listening: { ng: `udp:127.0.0.1:${toListening.port}` },
        },
      };
    },
  });
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  await mirror?.close();
  toCall?.close();
  toListening?.close();
});
afterEach(() => {
  for (const proxy of [toCall, toListening]) proxy?.heal();
});

/** Both engines' proxies. */
const both = (): readonly NgProxy[] => [toCall, toListening].filter((proxy) => proxy !== undefined);

describe('ng answers that are lost, doubled, late and out of order', () => {
  it.each([
    { lose: 0.1, each: 25, joinedAtLeast: 40 },
    { lose: 0.35, each: 6, joinedAtLeast: 1 },
  ])(
    '$lose lost: listens come about or are refused honestly; calls notice nothing, and nothing is left behind',
    { timeout: 240_000 },
    async ({ lose, each, joinedAtLeast }) => {
      const talks = { karin: await scene.talk('anna'), sven: await scene.talk('lena') };
      const agents = { karin: 'anna', sven: 'lena' } as const;
      for (const proxy of both()) proxy.weather = { lose, double: 0.1, jitterMs: 8 };
      const outcomes: string[] = [];
      const attempts = async (listener: Listener): Promise<void> => {
        for (let n = 0; n < each; n += 1) {
          const call = await scene.dial(listener, agents[listener]);
          try {
            await call.answered;
            // it may be ended in the moment after its answer, where losses tell that its media is gone
            await Promise.race([call.rtp.hear(3), call.ended]);
            outcomes.push('joined');
            await call.hangUp();
          } catch (error) {
            if (!(error instanceof CallNotAnsweredError)) throw error;
            outcomes.push(codeOf(error.end) ?? `${error.end.status}`);
            // where the answer to `connect` was lost the listener may have heard, and then the record says so
            if (call.rtp.received.length > 0)
              expect((await scene.lastEnd(listener)).startedAt).not.toBeNull();
          }
        }
      };
      await Promise.all([attempts('karin'), attempts('sven')]);
      for (const proxy of both()) proxy.weather = fair;
      for (const outcome of outcomes) expect(['joined', 'MediaFailed', 'ToneFailed']).toContain(outcome);
      expect(outcomes.filter((outcome) => outcome === 'joined').length).toBeGreaterThanOrEqual(joinedAtLeast);
      await Promise.all([scene.closed('karin'), scene.closed('sven')]);
      await expect.poll(() => onEngines(scene.world), { timeout: 8_000 }).toEqual(nothing);
      for (const talk of Object.values(talks)) {
        await expectCalm(talk);
        await talk.customer.hangUp();
      }
    },
  );
});

describe('a command that does not come through', () => {
  it('the sound, refused by the call engine: ToneFailed, no packet for the listener, nothing left', async () => {
    const anna = await scene.talk('anna');
    toCall?.fates.set('play media', { kind: 'refused', why: 'Failed to start media playback from blob' });
    expect(codeOf(await scene.refused())).toBe('ToneFailed');
    expect(await scene.lastEnd()).toMatchObject({ reason: 'ToneFailed', startedAt: null });
    expect(await onEngines(scene.world)).toEqual(nothing);
    await expectCalm(anna, 0);
    await anna.customer.hangUp();
  });

  it('the sound, of which nobody knows whether it was played: ToneFailed all the same', async () => {
    const anna = await scene.talk('anna');
    toCall?.fates.set('play media', { kind: 'unanswered' });
    expect(codeOf(await scene.refused())).toBe('ToneFailed');
    expect(await onEngines(scene.world)).toEqual(nothing);
    await expectCalm(anna, 1);
    await anna.customer.hangUp();
  });

  it('an answer about the sound that does not say how long it is: ToneFailed', async () => {
    const anna = await scene.talk('anna');
    toCall?.fates.set('play media', { kind: 'answered', answer: { result: 'ok' } });
    expect(codeOf(await scene.refused())).toBe('ToneFailed');
    await anna.customer.hangUp();
  });

  it.each([
    { command: 'subscribe request', at: () => toCall },
    { command: 'subscribe answer', at: () => toCall },
    { command: 'publish', at: () => toListening },
  ])(
    '$command is carried out and its answer lost: refused, and nothing of it is left',
    async ({ command, at }) => {
      const anna = await scene.talk('anna');
      at()?.fates.set(command, { kind: 'unanswered' });
      expect(codeOf(await scene.refused())).toBe('MediaFailed');
      expect(await onEngines(scene.world)).toEqual(nothing);
      await expectCalm(anna, 0);
      await anna.customer.hangUp();
    },
  );

  it.each(['unanswered', 'swallowed'] as const)(
    'the connecting, %s: MediaFailed, the record says that something may have been heard, and nothing goes on',
    async (kind) => {
      const anna = await scene.talk('anna');
      toListening?.fates.set('connect', { kind });
      const ear = await RtpEndpoint.open();
      const call = await scene.dial('karin', 'anna', { sdp: writeSdp(ear, 1, ['PCMA', 'PCMU'], 'recvonly') });
      const end = await call.ended;
      expect(codeOf(end)).toBe('MediaFailed');
      expect(ear.received.length > 0).toBe(kind === 'unanswered');
      expect(await scene.lastEnd()).toMatchObject({ reason: 'MediaFailed', startedAt: expect.any(String) });
      expect(await onEngines(scene.world)).toEqual(nothing);
      await expectCalm(anna, 1);
      expect(ear.received.filter(({ arrivedAt }) => arrivedAt > end.at)).toEqual([]);
      await ear.close();
      await anna.customer.hangUp();
    },
  );

  it('the disconnecting of one listener: the whole mix goes, so that the one surely hears no more', async () => {
    const anna = await scene.talk('anna');
    const [karin, sven] = [await scene.listen('karin'), await scene.listen('sven')];
    toListening?.fates.set('unsubscribe', { kind: 'swallowed' });
    await karin.hangUp();
    expect(codeOf(await sven.ended)).toBe('MediaFailed');
    await Promise.all([scene.closed('karin'), scene.closed('sven')]);
    expect(await onEngines(scene.world)).toMatchObject({ relays: 0, mixes: 0 });
    await expectCalm(anna, 2);
    await anna.customer.hangUp();
  });

  it('all that takes a listen down, on both engines: it is asked for again until it is down', async () => {
    const anna = await scene.talk('anna');
    const { call, ear } = await scene.ear('karin');
    for (const proxy of both())
      for (const command of ['unsubscribe', 'delete']) proxy.fates.set(command, { kind: 'swallowed' });
    await call.hangUp();
    await ear.hear(100);
    for (const proxy of both()) proxy.heal();
    await expect.poll(() => onEngines(scene.world), { timeout: 8_000 }).toEqual(nothing);
    const heard = ear.received.length;
    await expectCalm(anna, 1);
    expect(ear.received.length - heard).toBeLessThan(3);
    await scene.closed('karin');
    await ear.close();
    await anna.customer.hangUp();
  });
});

describe('the mirror', () => {
  it('silent, though it is connected: no decision rests on it, and the listener’s own line is known (R11)', async () => {
    mirror.stall();
    const [anna, own] = [await scene.talk('anna'), await scene.talk('karin')];
    expect(codeOf(await scene.refused('karin', 'anna'))).toBe('ListenerLineBusy');
    mirror.flow();
    await own.customer.hangUp();
    await anna.customer.hangUp();
  });

  it('cut for ten seconds while calls come and go: calls are known all the time, and R4 asks for proof', async () => {
    const [anna, lena] = [await scene.talk('anna'), await scene.talk('lena')];
    const karin = await scene.listen('karin', 'anna');
    await mirror.cut();
    const cutAt = performance.now();

    await lena.customer.hangUp();
    expect(codeOf(await scene.refused('sven', 'lena'))).toBe('TargetNotInCall');
    // ahead of the call's start whatever time the call takes to come about
    await scene.switchedProfile('ivar', 'kundtjanst', 60_000);
    const [eva, ivar] = [await scene.talk('eva'), await scene.talk('ivar')];
    expect(codeOf(await scene.refused('sven', 'ivar'))).toBe('ProfileAtStartUnknown');
    await (await scene.listen('sven', 'eva')).hangUp();

    const endedAt = performance.now();
    await anna.customer.hangUp();
    const end = await karin.ended;
    expect(codeOf(end)).toBe('CallEnded');
    expect(end.at - endedAt).toBeLessThan(1_500);

    await eva.agent.rtp.hear(Math.max(1, Math.ceil((10_000 - (performance.now() - cutAt)) / 20)));
    await mirror.mend();
    await expectCalm(eva, 1);
    await expectCalm(ivar, 0);
    await ivar.customer.hangUp();
    await eva.customer.hangUp();
    expect(codeOf(await scene.refused('sven', 'eva'))).toBe('TargetNotInCall');
  });

  it('down: a listener whose own line has just become busy is refused (R11)', async () => {
    await mirror.cut();
    const anna = await scene.talk('anna');
    const own = await scene.talk('karin');
    expect(codeOf(await scene.refused('karin', 'anna'))).toBe('ListenerLineBusy');
    await own.customer.hangUp();
    await (await scene.listen('karin', 'anna')).hangUp();
    await anna.customer.hangUp();
    await mirror.mend();
  });
});
