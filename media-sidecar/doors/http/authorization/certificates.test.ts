import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDoor } from '../http-door.fixture.ts';
import { authority, type Credential, fetchWith, tlsFolder } from '../tls/certificates.fixture.ts';
import { answerOf } from './answer-of.fixture.ts';
import { describeRoutes } from './describe-routes.fixture.ts';
import { reading } from './reading.fixture.ts';
import type { Row } from './row.fixture.ts';
import { callers, openScene, type Scene } from './scene.fixture.ts';

const pbx = 'DNS:pbx.acme.example';
const integration = 'URI:spiffe://acme.example/crm';
const certificates = [
  { san: pbx, may: ['switch users' as const], namespaces: ['acme'] },
  { san: integration, may: ['list listens' as const, 'delete listens' as const], namespaces: ['acme'] },
];
const [dns, uri] = [pbx.slice(4), integration.slice(4)];

const [ours, another] = [await authority(), await authority()];
const server = await ours.sign({ serves: true });
const day = 24 * 3_600_000;
const machines: readonly (readonly [string, keyof typeof callers, Credential | undefined])[] = [
  ['PBX', 'PBX', await ours.sign({ dns: [dns] })],
  ['integration', 'machine', await ours.sign({ uris: [uri] })],
  ['no certificate', 'nobody', undefined],
  ['expired', 'nobody', await ours.sign({ dns: [dns], uris: [uri], from: -2 * day, until: -day })],
  ['not valid yet', 'nobody', await ours.sign({ dns: [dns], uris: [uri], from: day, until: 2 * day })],
  ['another authority', 'nobody', await another.sign({ dns: [dns], uris: [uri] })],
  ['a server’s certificate', 'nobody', await ours.sign({ dns: [dns], uris: [uri], serves: true })],
  // its common name is that of every certificate here
  ['other names', 'nobody', await ours.sign({ dns: [`x.${dns}`, `${dns}.evil`], uris: [`${uri}/x`, dns] })],
  ['no names', 'nobody', await ours.sign({})],
  [
    'a name that holds others',
    'nobody',
    await ours.sign({ uris: [`spiffe://evil, ${pbx}, ${integration}`, `", ${pbx}, "`] }),
  ],
];

let folder: Awaited<ReturnType<typeof tlsFolder>>;
let scene: Scene;
const open = async () => {
  folder = await tlsFolder();
  await folder.write(server, ours.cert);
  scene = await openScene(openDoor([], { tls: folder.tls, certificates, fetch: fetchWith(ours.cert) }));
};
const close = async () => {
  await scene.door.close();
  await folder.remove();
};

/** A machine with a certificate is answered as one with a token, and everybody else with one as nobody. */
const check = ({ send, shows, expected }: Row): void => {
  it.each(machines)('asked with: %s', async (_, as, credential) => {
    const [path, options = {}] = send(scene);
    const response = await fetchWith(ours.cert, credential)(`${scene.door.origin}${path}`, options);
    expect(await answerOf(response, shows)).toBe(expected[as]);
  });
};

describeRoutes(open, close, check);

describe('a certificate and a token at once', () => {
  beforeEach(open);
  afterEach(close);

  it.each(['expired', 'PBX', 'listener'] as const)('count as the token alone: %s', async (name) => {
    const token = await callers[name](scene.door);
    const [, , credential] = machines[1] ?? [];
    const headers = { authorization: `Bearer ${token}` };
    const path = `/v1/listens?company=acme`;
    const response = await fetchWith(ours.cert, credential)(`${scene.door.origin}${path}`, { headers });
    const row = reading.find(({ route }) => route === 'GET /v1/listens');
    expect(await answerOf(response, row?.shows)).toBe(row?.expected[name]);
  });
});
