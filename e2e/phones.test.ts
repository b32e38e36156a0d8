import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import type { BaresipOptions } from '@medlyssning/tools/real/baresip.ts';
import { freePort, freePortRange } from '@medlyssning/tools/real/ports.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { startSipp } from '@medlyssning/tools/real/sipp.ts';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { partyTone, sine } from './lib/audio/index.ts';
import { type BaresipPhone, startBaresipPhone } from './lib/foreign/baresip-phone.ts';
import type { Phone } from './lib/phone/index.ts';
import { encodeG711 } from './lib/rtp/index.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';
import { partyReceived } from './lib/world/party-received.ts';
import { talk } from './lib/world/talk.ts';
import { voices } from './lib/world/voices.ts';
import { World } from './lib/world/world.ts';

const names = ['customer', 'lena', 'karin', 'anna'];
const voice = voices(...names);
const lenasNumber = '+46846500412';
const annasNumber = '+46846500403';
const scenario = (name: string) => join(import.meta.dirname, 'lib', 'foreign', `${name}.xml`);
/** Longer than any of these calls. */
const speech = (name: string) => sine(partyTone(names.indexOf(name)), 30_000);

let world: World;
let anna: Phone;
let customer: Phone;
beforeAll(async () => {
  world = await World.start();
  anna = await world.phone('anna-desk', { source: voice.of('anna') });
  customer = await world.customer('+46701111111', { source: voice.of('customer') });
});
afterAll(() => world?.stop());

/** A baresip that is registered as this device and says its name's tone. */
const baresip = async (name: string, does: BaresipOptions['does']) => {
  const address = `${name}-desk@acme.example`;
  const phone = await startBaresipPhone({
    parts: world.parts,
    workDir: join(world.place.workDir, name),
    address,
    password: world.pbx.passwordOf(address),
    proxy: `sip:${world.pbx.host}:${world.pbx.publicPort}`,
    says: speech(name),
    does,
  });
  onTestFinished(async () => void (await phone.running.stop()));
  return phone;
};

const sipp = async (
  name: string,
  peer: { readonly host: string; readonly port: number },
  extraArgs: readonly string[],
): Promise<RunningProcess> => {
  const { min, max } = await freePortRange(20);
  const running = await startSipp({
    parts: world.parts,
    scenario: scenario(name),
    remote: `${world.pbx.host}:${peer.port}`,
    host: peer.host,
    localPort: await freePort(),
    transport: 'udp',
    workDir: world.place.workDir,
    extraArgs: [
      ...['-m', '1', '-timeout', '20', '-mi', peer.host],
      ...['-mp', String(min), '-min_rtp_port', String(min), '-max_rtp_port', String(max)],
      ...extraArgs,
    ],
  });
  onTestFinished(async () => void (await running.stop()));
  return running;
};

const listenEnded = () => world.recorded((record): record is EndRecord => record.record === 'end');

it('SIPp calls baresip, and baresip listens: it hears both, and they do not hear it', async () => {
  await writeFile(join(world.place.workDir, 'voice.pcma'), encodeG711('PCMA', speech('customer')));
  const lena = await baresip('lena', 'answer');
  const calling = await sipp('customer', { host: '127.0.0.2', port: world.pbx.trunkPort }, [
    ...['-s', lenasNumber, '-key', 'customer', '+46702222222'],
  ]);
  await vi.waitFor(
    () => expect(lena.running.output(), calling.output()).toContain('Call established'),
    5_000,
  );
  const karin = await baresip('karin', { call: `sip:*28*${lenasNumber}@acme.example` });
  await karin.hear(2_000);

  await lena.running.stop();
  expect(await calling.exited).toEqual({ code: 0 });
  await vi.waitFor(() => expect(karin.running.output()).toContain('terminated'), 2_000);
  await karin.running.stop();
  expect((await listenEnded()).reason).toBe('CallEnded');
  const heard = async (phone: BaresipPhone) => voice.in(await phone.received(1_000));
  expect(await heard(karin)).toEqual(['customer', 'lena']);
  expect(await heard(lena)).toEqual(['customer']);
  expect(await onEngines(world)).toEqual(nothing);
});

it.each([
  ['a SIM that hangs up', 'sim-listener', 'ListenerHungUp'],
  ['a desk phone over UDP that asks with its password and is hung up', 'desk-listener', 'CallEnded'],
])('%s says back all it hears: neither party hears itself', async (_, name, reason) => {
  const up = await talk(customer, anna, `sip:${annasNumber}@acme.example`);
  const peer =
    name === 'sim-listener'
      ? { host: '127.0.0.3', port: world.pbx.trunkPort }
      : { host: '127.0.0.1', port: world.pbx.publicPort };
  const listener = await sipp(name, peer, [
    ...['-rtp_echo', '-s', `*28*${annasNumber}`, '-key', 'sim', '+46701740612'],
    ...['-key', 'account', 'sven-desk', '-key', 'domain', 'acme.example'],
    ...['-au', 'sven-desk', '-ap', world.pbx.passwordOf('sven-desk@acme.example')],
  ]);
  expect((await anna.messages.next()).body).toBe('Sven Lund lyssnar på ditt samtal.');
  await up.agent.rtp.hear(40);
  const { fromListeners, intoRelays } = await onEngines(world);
  expect(fromListeners).toBeGreaterThan(20);
  expect(intoRelays).toBe(0);
  if (reason === 'CallEnded') await up.customer.hangUp();
  expect(await listener.exited, listener.output()).toEqual({ code: 0 });
  expect((await anna.messages.next()).body).toBe('Ingen lyssnar längre på ditt samtal.');
  const sources = [expect.any(String)];
  expect(partyReceived(up.customer.rtp, up.agent.rtp)).toEqual({ sources, sounds: 0, lost: 0 });
  expect(partyReceived(up.agent.rtp, up.customer.rtp)).toEqual({ sources, sounds: 1, lost: 0 });
  expect(voice.in(up.customer.recording)).toEqual(['anna']);
  expect(voice.in(up.agent.recording)).toEqual(['customer']);
  expect((await world.audit()).findLast(({ record }) => record === 'end')).toMatchObject({ reason });
  await up.customer.hangUp();
});
