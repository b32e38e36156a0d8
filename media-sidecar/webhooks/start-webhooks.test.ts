import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listening } from '../listen/listening.fixture.ts';
import { Receiver } from './receiver.fixture.ts';
import { startWebhooks } from './start-webhooks.ts';

const log = pino({ level: 'silent' });
const secrets = [{ env: 'ACME_WEBHOOK_SECRET' }];

let acme: Receiver;
let beta: Receiver;
let stage: Awaited<ReturnType<typeof listening>>;
const open: { close(): Promise<void> }[] = [];

const start = async (config: { company: string; url: string; secrets: { env: string }[] }[]) => {
  const fates: string[] = [];
  const onFate = (fate: string) => void fates.push(fate);
  const { events, profileEvents } = stage;
  const started = await startWebhooks({ config, node: 'media-1', events, profileEvents, log, onFate });
  open.push(started);
  return { started, fates };
};

beforeEach(async () => {
  vi.stubEnv('ACME_WEBHOOK_SECRET', `whsec_${Buffer.alloc(32, 'a').toString('base64')}`);
  stage = await listening();
  [acme, beta] = [await new Receiver().open(), await new Receiver().open()];
  open.push(acme, beta);
});
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
  vi.unstubAllEnvs();
});

const told = (there: Receiver) => there.received.map(({ body }) => JSON.parse(body));
const both = () =>
  start([
    { company: 'acme/acme', url: acme.url, secrets },
    { company: 'beta/beta', url: beta.url, secrets },
  ]);

describe('a company’s webhook', () => {
  it('is told of a listen that starts and ends; another company’s is not', async () => {
    await both();
    const outcome = await stage.ask('karin-desk');
    if (outcome.kind !== 'joined') throw new Error(outcome.reason);
    outcome.listen.end('TargetLeft');
    await acme.got(2);
    const { id } = outcome.listen;
    const people = { listener: { user: 'karin', displayName: 'Karin Ek' }, target: { user: 'anna' } };
    expect(told(acme)).toMatchObject([
      { type: 'dev.medlyssning.listen.started', subject: id, data: { id, callId: 'call', ...people } },
      { type: 'dev.medlyssning.listen.ended', data: { id, ...people, reason: 'TargetLeft' } },
    ]);
    expect(beta.received).toEqual([]);
  });

  it('is told of a refusal, with shortened numbers; of one by nobody that is known, nobody is told', async () => {
    await both();
    await stage.ask('nobody');
    await stage.ask('eva-desk');
    await acme.got(1);
    const [refused] = told(acme);
    expect(refused).toMatchObject({
      type: 'dev.medlyssning.listen.refused',
      data: { reason: 'ListenerRightMissing', listener: { user: 'eva' }, target: { user: 'anna' } },
    });
    expect(refused.data.target.number).toBe('+46…403');
    expect([acme.received.length, beta.received.length]).toEqual([1, 0]);
    // not in the id, which is random and may look like a number
    expect(JSON.stringify({ ...refused.data, id: '' })).not.toMatch(/\d{7}/);
  });

  it('is told of a profile that is switched, under the same id wherever and whenever it is told', async () => {
    await both();
    const of = { company: 'beta/beta', user: 'maja', profile: 'lunch', previous: undefined, since: 0 };
    for (const at of [1, 2]) stage.profileEvents.emit({ kind: 'profileSwitched', at, ...of });
    await beta.got(2);
    const [first, again] = told(beta);
    expect(first).toMatchObject({
      type: 'dev.medlyssning.profile.switched',
      data: { user: 'maja', profile: 'lunch', since: '1970-01-01T00:00:00.000Z' },
    });
    expect(again.id).toBe(first.id);
    expect(acme.received).toEqual([]);
  });

  it('that hangs delays no listen', async () => {
    const hung = await new Receiver(() => {}).open();
    open.push(hung);
    const { started } = await start([{ company: 'acme/acme', url: hung.url, secrets }]);
    const from = performance.now();
    const outcome = await stage.ask('karin-desk');
    if (outcome.kind !== 'joined') throw new Error(outcome.reason);
    outcome.listen.end('Stopped');
    await stage.service.drain();
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(started.waiting).toBeGreaterThan(0);
  });
});

it('sends nothing to a server that cannot prove that it has the name: a name can be made to point anywhere', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'hooks.acme.example' }], {
    keyType: 'ec',
  });
  let asked = 0;
  const server = createServer({ key, cert }, () => void asked++).listen(0, '127.0.0.1');
  open.push({ close: () => new Promise((resolve) => void server.close(() => resolve())) });
  await new Promise((listens) => server.once('listening', listens));
  const refused = new Promise((resolve) => server.once('tlsClientError', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { started } = await start([{ company: 'acme/acme', url, secrets }]);
  await stage.ask('eva-desk');
  await refused;
  expect([asked, started.waiting]).toEqual([0, 1]);
});

it.each([
  ['is not there', undefined, 'the environment variable ACME_WEBHOOK_SECRET is not there'],
  ['has another form', 'hunter2', 'has no secret for webhooks; write whsec_'],
  ['is too short', 'whsec_aHVudGVyMg==', '24 to 64 bytes'],
])('does not start with a secret that %s, and does not show it', async (_, secret, problem) => {
  vi.stubEnv('ACME_WEBHOOK_SECRET', secret);
  const started = start([{ company: 'acme/acme', url: acme.url, secrets }]);
  await expect(started).rejects.toThrow(problem);
  await expect(started).rejects.not.toThrow(/hunter2|aHVudGVyMg/);
});
