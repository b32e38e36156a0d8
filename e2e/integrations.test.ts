import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  authority,
  type Credential,
  fetchWith,
  tlsFolder,
} from '@medlyssning/media-sidecar/doors/http/tls/certificates.fixture.ts';
import { type Received, Receiver } from '@medlyssning/media-sidecar/webhooks/receiver.fixture.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Phone } from './lib/phone/index.ts';
import { World } from './lib/world/world.ts';

const secret = `whsec_${Buffer.alloc(32, 'e').toString('base64')}`;
const integration = 'spiffe://acme.example/crm';

let folder: string;
let pem: Awaited<ReturnType<typeof tlsFolder>>;
let receiver: Receiver;
let dead: Receiver;
let world: World;
let karin: Phone;
let listensFor: (credential?: Credential) => Promise<Response>;
let crm: Credential;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-integrations-'));
  await writeFile(join(folder, 'secret'), secret);
  const ours = await authority();
  pem = await tlsFolder();
  await pem.write(await ours.sign({ serves: true }), ours.cert);
  crm = await ours.sign({ uris: [integration] });
  receiver = await new Receiver().open();
  dead = await new Receiver(() => {}).open();
  const port = await freePort();
  listensFor = (credential) =>
    fetchWith(ours.cert, credential)(`https://127.0.0.1:${port}/v1/listens?company=acme`, {});
  const hook = { company: 'acme/acme', secrets: [{ file: join(folder, 'secret') }] };
  world = await World.start({
    sidecar: {
      webhooks: [
        { ...hook, url: dead.url },
        { ...hook, url: receiver.url },
        { ...hook, company: 'beta/beta', url: dead.url },
      ],
      http: {
        listen: `127.0.0.1:${port}`,
        tls: pem.tls,
        auth: {
          certificates: [{ san: `URI:${integration}`, may: ['list listens'], namespaces: ['acme'] }],
        },
      },
    },
  });
  karin = await world.phone('karin-desk');
});
afterAll(async () => {
  await world?.stop();
  for (const there of [receiver, dead]) await there?.close();
  await pem?.remove();
  await rm(folder, { recursive: true, force: true });
});

const read = ({ headers, body }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    readonly type: string;
    readonly data: { readonly id: string; readonly reason?: string };
  };

it('a company’s systems are told of a real listen and of a refusal, and see it while it is up; a receiver that hangs delays nothing', async () => {
  const anna = await world.phone('anna-desk');
  const eva = await world.phone('eva-desk');
  const customer = await world.customer('+46701111111');
  const call = await customer.call('sip:+46846500403@acme.example');
  await call.answered;
  await anna.incoming.next();
  const refused = await eva.call('sip:*28*0846500403@acme.example');
  expect((await refused.ended).reason).toContain('ListenerRightMissing');
  const listen = await karin.call('sip:*28*0846500403@acme.example');
  await listen.answered;
  await receiver.got(2);
  const seen = await listensFor(crm);
  expect(seen.status).toBe(200);
  const { listens } = (await seen.json()) as { listens: { id: string; listener: { user: string } }[] };
  expect(listens).toMatchObject([{ listener: { user: 'karin' } }]);
  expect((await listensFor()).status).toBe(401);
  await call.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');
  const told = (await receiver.got(3)).map(read);
  expect(told).toMatchObject([
    { type: 'dev.medlyssning.listen.refused', data: { reason: 'ListenerRightMissing' } },
    { type: 'dev.medlyssning.listen.started', data: { id: listens[0]?.id } },
    { type: 'dev.medlyssning.listen.ended', data: { id: listens[0]?.id, reason: 'CallEnded' } },
  ]);
  // the other one of acme hangs on its first event, and nothing happened at beta
  expect(dead.received.map(({ headers }) => headers['webhook-id'])).toEqual([
    receiver.received[0]?.headers['webhook-id'],
  ]);
});
