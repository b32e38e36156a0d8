import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { TcpProxy } from './lib/faults/tcp-proxy.ts';
import { CallNotAnsweredError } from './lib/phone/index.ts';
import { engineClient } from './lib/world/engine-client.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';
import { startSidecarProcess } from './lib/world/start-sidecar.ts';

let scene: Scene;
let toEngines: readonly TcpProxy[] = [];
beforeAll(async () => {
  scene = await Scene.start({
    sidecar: async ({ callNg, listeningNg }) => {
      const [call, listening] = [
        await TcpProxy.open(await freePort(), callNg),
        await TcpProxy.open(await freePort(), listeningNg),
      ];
      toEngines = [call, listening];
      return {
        engines: {
          call: { ng: `tcp:127.0.0.1:${call.port}` },
          listening: { ng: `tcp:127.0.0.1:${listening.port}` },
        },
      };
    },
  });
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  for (const proxy of toEngines) await proxy.close();
});

describe('connections to the engines that are reset again and again', () => {
  it('a listen that is up stays; others come about or are refused honestly; nothing is left behind', async () => {
    const [anna, lena] = [await scene.talk('anna'), await scene.talk('lena')];
    const karin = await scene.listen('karin', 'anna');
    const resets = setInterval(() => {
      for (const proxy of toEngines) proxy.reset();
    }, 170);
    const outcomes: string[] = [];
    for (let n = 0; n < 15; n += 1) {
      const call = await scene.dial('sven', 'lena');
      try {
        await call.answered;
        outcomes.push('joined');
        await call.hangUp();
      } catch (error) {
        if (!(error instanceof CallNotAnsweredError)) throw error;
        outcomes.push(codeOf(error.end) ?? `${error.end.status}`);
        expect(call.rtp.received).toEqual([]);
      }
    }
    clearInterval(resets);
    for (const outcome of outcomes) expect(['joined', 'MediaFailed', 'ToneFailed']).toContain(outcome);
    expect(outcomes).toContain('joined');
    await scene.hears(karin, ['customer', 'agent']);
    await karin.hangUp();
    await Promise.all([scene.closed('karin'), scene.closed('sven')]);
    await expect.poll(() => onEngines(scene.world), { timeout: 8_000 }).toEqual(nothing);
    for (const talk of [anna, lena]) {
      await expectCalm(talk);
      await talk.customer.hangUp();
    }
  });
});

describe('on the call engine itself', () => {
  it('a sound that it cannot play to the target: ToneFailed, and nothing is left', async () => {
    await using pbx = engineClient(scene.world, 'call');
    const callId = 'no-speech';
    const sdp = (port: number) =>
      `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 96\r\na=rtpmap:96 telephone-event/8000\r\n`;
    const metadata = 'domain:acme.example|caller:+46701111111|callee:+46846500403';
    const flags = ['trust-address'];
    await pbx.offer({
      'call-id': callId,
      'from-tag': 'a',
      label: 'caller',
      metadata,
      sdp: sdp(40_000),
      flags,
    });
    const answer = { 'from-tag': 'a', 'to-tag': 'b', label: 'callee', metadata, sdp: sdp(40_002), flags };
    await pbx.answer({ 'call-id': callId, ...answer });
    expect(codeOf(await scene.refused('karin', 'anna'))).toBe('ToneFailed');
    expect(await scene.lastEnd()).toMatchObject({ reason: 'ToneFailed', startedAt: null });
    expect(await onEngines(scene.world)).toEqual(nothing);
    await pbx.delete({ 'call-id': callId, 'from-tag': 'a', 'delete-delay': 0 });
  });
});

it('a second sidecar on the same engines takes the listens of the first for leftovers: they end, calls go on', async () => {
  const { place } = scene.world;
  const anna = await scene.talk('anna');
  const karin = await scene.listen('karin', 'anna');
  const workDir = join(place.workDir, 'second');
  await mkdir(workDir);
  const [hepPort, sipPort, metricsPort] = [await freePort(), await freePort(), await freePort()];
  const second = await startSidecarProcess({ ...place, workDir, hepPort, sipPort, metricsPort, config: {} });
  expect(codeOf(await karin.ended)).toBe('MediaFailed');
  await scene.closed('karin');
  expect(await onEngines(scene.world)).toEqual(nothing);
  await (await scene.listen('karin', 'anna')).hangUp();
  await second.stop();
  await expectCalm(anna, 2);
  await anna.customer.hangUp();
});
