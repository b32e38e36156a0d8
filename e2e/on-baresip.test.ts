import { join } from 'node:path';
import type { EndRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { steadyMatrix } from '../demo/verify/steady-matrix.ts';
import { partyTone, type Recording, sine, whoHearsWhom } from './lib/audio/index.ts';
import { type ConsoleStage, startConsoleStage } from './lib/browser/console-stage.ts';
import { startBaresipPhone } from './lib/foreign/baresip-phone.ts';
import { Stage } from './lib/outcome/stage.ts';
import type { Talk } from './lib/outcome/talk.ts';
import { partyReceived } from './lib/world/party-received.ts';

const speakers = [
  { name: 'customer', hz: 440 },
  { name: 'anna', hz: 880 },
  { name: 'baresip', hz: partyTone(0) },
] as const;
const [customer, anna, baresip] = speakers;
const account = 'karin-desk@acme.example';
const heardMs = 2_000;

let browser: ConsoleStage;
let stage: Stage;
let talk: Talk;
beforeAll(async () => {
  browser = await startConsoleStage();
  stage = await Stage.set(browser.options);
  talk = await stage.talk({
    name: 'anna',
    device: 'anna-desk',
    dials: 'sip:+46846500403@acme.example',
    customer: '+46701111111',
    hz: [customer.hz, anna.hz],
  });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

/** Asks for a listen on the desk phone; resolves, once it is up, with what ends it. */
type Asks = () => Promise<() => Promise<void>>;

const inTheConsole: Asks = async () => {
  const karin = await browser.signedIn('Karin Ek');
  const menu = await karin.menu('Anna Berg');
  await menu.getByRole('menuitemradio', { name: 'På min bordstelefon (karin-desk)' }).click();
  await menu.getByRole('menuitem', { name: 'Medlyssna' }).click();
  await karin.page.getByText('på karin-desk').waitFor();
  onTestFinished(() => karin.close());
  return () => karin.page.getByRole('button', { name: 'Sluta lyssna' }).click();
};

const byTheApi: Asks = async () => {
  const authorization = `Bearer ${await browser.issuer.token('karin@acme.example')}`;
  const asked = await fetch(`${browser.origin}/v1/listens`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ target: 'anna', on: 'karin-desk' }),
  });
  const listen = (await asked.json()) as { readonly id: string };
  expect([asked.status, listen]).toMatchObject([201, { target: 'anna', on: 'karin-desk' }]);
  return async () => {
    const path = `${browser.origin}/v1/listens/${listen.id}`;
    expect((await fetch(path, { method: 'DELETE', headers: { authorization } })).status).toBe(204);
  };
};

const heardBy = (ear: string, recording: Recording, from: number) =>
  whoHearsWhom(steadyMatrix(speakers, new Map([[ear, recording]]), { from, to: from + heardMs }))[ear];

it.each([
  ['the console', inTheConsole],
  ['POST /v1/listens', byTheApi],
])(
  'baresip, called by %s through Kamailio, hears both parties, who do not hear it and lose nothing',
  async (name, asks) => {
    const phone = await startBaresipPhone({
      parts: stage.world.parts,
      workDir: join(stage.world.place.workDir, name.replaceAll(/\W/g, '-')),
      address: account,
      password: stage.world.pbx.passwordOf(account),
      proxy: `sip:${stage.world.pbx.host}:${stage.world.pbx.publicPort}`,
      says: sine(baresip.hz, 60_000),
      does: 'answer',
    });
    onTestFinished(async () => void (await phone.running.stop()));
    const parties = [talk.customer, talk.colleague] as const;
    for (const { rtp } of parties) rtp.forget();

    const end = await asks();
    const from = performance.now();
    await phone.hear(heardMs + 1_000);
    await Promise.all(parties.map(({ rtp }) => rtp.hear(heardMs / 20)));
    const told = parties.map(({ recording }) => recording);
    await end();
    await vi.waitFor(() => expect(phone.running.output()).toContain('terminated'), 5_000);
    await phone.running.stop();

    expect(heardBy('baresip', await phone.received(heardMs), 0)).toEqual(['customer', 'anna']);
    const [byCustomer, byAnna] = told as [Recording, Recording];
    expect(heardBy('customer', byCustomer, from)).toEqual(['anna']);
    expect(heardBy('anna', byAnna, from)).toEqual(['customer']);
    const sources = [expect.any(String)];
    expect(partyReceived(talk.customer.rtp, talk.colleague.rtp)).toEqual({ sources, sounds: 0, lost: 0 });
    expect(partyReceived(talk.colleague.rtp, talk.customer.rtp)).toEqual({ sources, sounds: 1, lost: 0 });
    const ended = (await stage.world.audit()).filter((one): one is EndRecord => one.record === 'end');
    expect(ended.at(-1)?.reason).toBe('ListenerHungUp');
  },
);
