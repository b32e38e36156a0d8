import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenDoor, openDoor } from './http-door.fixture.ts';

let door: OpenDoor;
let karinsListen: string;
let svensListen: string;

/** Karin listens to Anna; Sven was admitted, and his browser has not come with its offer. */
beforeEach(async () => {
  door = await openDoor();
  const karin = await door.stage.ask('karin-desk');
  if (karin.kind !== 'joined') throw new Error(karin.reason);
  karinsListen = karin.listen.id;
  const sven = await door.send(
    '/v1/listens',
    await door.issuer.token('sven@acme.example'),
    json({ target: 'anna', on: 'browser' }),
  );
  svensListen = ((await sven.json()) as { id: string }).id;
});
afterEach(() => door.close());

const json = (body: object, method = 'POST'): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const sdp: RequestInit = {
  method: 'POST',
  headers: { 'content-type': 'application/sdp' },
  body: `v=0\r
o=- 1 2 IN IP4 127.0.0.1\r
s=-\r
t=0 0\r
m=audio 9 UDP/TLS/RTP/SAVPF 8\r
a=ice-ufrag:EsAw\r
a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r
a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r
a=setup:actpass\r
a=mid:0\r
a=recvonly\r
a=rtcp-mux\r
`,
};

const person = (name: string, company = 'acme') => door.issuer.token(`${name}@${company}.example`);
const callers = {
  nobody: async () => undefined,
  expired: () => door.issuer.token('karin@acme.example', { expiresIn: -60 }),
  'wrong audience': () => door.issuer.token('karin@acme.example', { audience: 'other' }),
  'no User': () => person('somebody'),
  'other company': () => person('maja', 'beta'),
  'administrator of another': () => door.issuer.token('maja@beta.example', { roles: [administratorRole] }),
  'without rights': () => person('eva'),
  listener: () => person('karin'),
  'other listener': () => person('sven'),
  target: () => person('anna'),
  administrator: () => door.issuer.token('helena@acme.example', { roles: [administratorRole] }),
  PBX: async () => 'pbx-token',
  machine: async () => 'machine-token',
} as const;
type CallerName = keyof typeof callers;

const no = '401 Unauthenticated';
const strangers = { nobody: no, expired: no, 'wrong audience': no };
const machinesNot = { PBX: no, machine: no };
const unknown = '404 ListenUnknown';
const forbidden = '403 Forbidden';
const unlisted = '403 ListenerUnknown';

/** What a caller is answered: the status, and the reason or what is shown. */
type Expected = Readonly<Record<CallerName, string>>;
interface Row {
  readonly route: string;
  readonly send: () => readonly [path: string, options?: RequestInit];
  readonly shows?: (body: never) => string;
  readonly expected: Expected;
}

const table: readonly Row[] = [
  {
    route: 'GET /v1/colleagues',
    send: () => ['/v1/colleagues'],
    // of Anna, who is in a call: may I listen, why not, is she in a call
    shows: ({ colleagues }: { colleagues: { user: string; reason: string; inCall: boolean | null }[] }) =>
      colleagues
        .flatMap(({ user, reason, inCall }) => (user === 'anna' ? [`${reason} ${inCall}`] : []))
        .join() || colleagues.map(({ user }) => user).join(),
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': '200 nils,olga',
      'administrator of another': '200 nils,olga',
      'without rights': '200 ListenerRightMissing null',
      listener: '200 ListenerLineBusy true',
      'other listener': '200 ListenerLineBusy true',
      target: '200 bo,cilla,eva,filip,greta,helena,ivar,johan,karin,lena,sven',
      administrator: '200 ListenerLicenseMissing null',
    },
  },
  {
    route: 'GET /v1/listens',
    send: () => ['/v1/listens?company=acme'],
    shows: ({ listens }: { listens: { listener: { user: string } }[] }) =>
      `[${listens.map(({ listener }) => listener.user).join()}]`,
    expected: {
      ...strangers,
      'no User': '200 []',
      'other company': '200 []',
      'administrator of another': '200 []',
      'without rights': '200 []',
      listener: '200 [karin]',
      'other listener': '200 [sven]',
      target: '200 [karin]',
      administrator: '200 [karin,sven]',
      PBX: forbidden,
      machine: '200 [karin,sven]',
    },
  },
  {
    route: 'GET /v1/listens of another company',
    send: () => ['/v1/listens?company=beta'],
    shows: ({ listens }: { listens: readonly object[] }) => String(listens.length),
    expected: {
      ...strangers,
      'no User': '200 0',
      'other company': '200 0',
      'administrator of another': '200 0',
      'without rights': '200 0',
      listener: '200 1',
      'other listener': '200 1',
      target: '200 1',
      administrator: '200 2',
      PBX: forbidden,
      machine: forbidden,
    },
  },
  {
    route: 'GET /v1/explain of Karin',
    send: () => ['/v1/explain?listener=karin&target=bo&company=acme'],
    // an administrator is shown what lies behind the first refusal
    shows: ({ reason, rules }: { reason: string; rules: readonly object[] }) => `${reason} ${rules.length}`,
    expected: {
      ...strangers,
      'no User': unlisted,
      'other company': forbidden,
      'administrator of another': '200 ListenerUnknown 16',
      'without rights': forbidden,
      listener: '200 TargetNotInCall 12',
      'other listener': forbidden,
      target: forbidden,
      administrator: '200 TargetNotInCall 16',
      PBX: forbidden,
      machine: '200 TargetNotInCall 16',
    },
  },
  {
    route: 'GET /v1/events',
    send: () => ['/v1/events'],
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unlisted,
      'other company': '200 event: refresh',
      'administrator of another': '200 event: refresh',
      'without rights': '200 event: refresh',
      listener: '200 event: refresh',
      'other listener': '200 event: refresh',
      target: '200 event: refresh',
      administrator: '200 event: refresh',
    },
  },
  {
    route: 'POST /v1/listens',
    send: () => ['/v1/listens', json({ target: 'anna', on: 'browser' })],
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': '403 ListenerUnknown',
      'other company': '404 TargetUnknown',
      'administrator of another': '404 TargetUnknown',
      'without rights': '403 ListenerRightMissing',
      listener: '409 ListenerLineBusy',
      'other listener': '409 ListenerLineBusy',
      target: '403 ListenerRightMissing',
      administrator: '403 ListenerLicenseMissing',
    },
  },
  {
    route: 'POST /v1/listens/{id}/whep of Sven’s',
    send: () => [`/v1/listens/${svensListen}/whep`, sdp],
    shows: (body: string) => String(body),
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': unknown,
      'other company': unknown,
      'administrator of another': unknown,
      'without rights': unknown,
      listener: unknown,
      'other listener': '201 answer',
      target: unknown,
      administrator: unknown,
    },
  },
  {
    route: 'PATCH /v1/listens/{id}',
    send: () => [`/v1/listens/${karinsListen}`, { ...sdp, method: 'PATCH' }],
    expected: {
      ...strangers,
      ...machinesNot,
      'no User': '405 NotSupported',
      'other company': '405 NotSupported',
      'administrator of another': '405 NotSupported',
      'without rights': '405 NotSupported',
      listener: '405 NotSupported',
      'other listener': '405 NotSupported',
      target: '405 NotSupported',
      administrator: '405 NotSupported',
    },
  },
  {
    route: 'DELETE /v1/listens/{id} of Karin’s',
    send: () => [`/v1/listens/${karinsListen}`, { method: 'DELETE' }],
    expected: {
      ...strangers,
      'no User': unknown,
      'other company': unknown,
      'administrator of another': unknown,
      'without rights': unknown,
      listener: '204 ',
      'other listener': unknown,
      target: forbidden,
      administrator: '204 ',
      PBX: forbidden,
      machine: '204 ',
    },
  },
  {
    route: 'DELETE /v1/listens/{id} of none',
    send: () => ['/v1/listens/none', { method: 'DELETE' }],
    expected: {
      ...strangers,
      'no User': unknown,
      'other company': unknown,
      'administrator of another': unknown,
      'without rights': unknown,
      listener: unknown,
      'other listener': unknown,
      target: unknown,
      administrator: unknown,
      PBX: forbidden,
      machine: forbidden,
    },
  },
  {
    route: 'PUT active-profile',
    send: () => ['/v1/users/acme/anna/active-profile', json({ profile: 'inne' }, 'PUT')],
    shows: ({ profile }: { profile: string }) => profile,
    expected: {
      ...strangers,
      'no User': no,
      'other company': no,
      'administrator of another': no,
      'without rights': no,
      listener: no,
      'other listener': no,
      target: no,
      administrator: no,
      PBX: '200 inne',
      machine: forbidden,
    },
  },
];

const answerOf = async (response: Response, shows: Row['shows']): Promise<string> => {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('event: ')) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    return `${response.status} ${text.match(/event: .*/)?.[0]}`;
  }
  const text = await response.text();
  if (!response.ok) {
    expect(type).toBe('application/problem+json; charset=utf-8');
    return `${response.status} ${JSON.parse(text).reason}`;
  }
  if (text === '' || !shows) return `${response.status} `;
  return `${response.status} ${shows((type.includes('json') ? JSON.parse(text) : text) as never)}`;
};

describe.each(table)('$route', ({ send, shows, expected }) => {
  it.each(Object.keys(expected) as CallerName[])('asked by: %s', async (name) => {
    const [path, options] = send();
    const response = await door.send(path, await callers[name](), options);
    expect(await answerOf(response, shows)).toBe(expected[name]);
  });
});

it('has a row for every route', async () => {
  const document = (await (await door.send('/v1/openapi.json')).json()) as { paths: Record<string, object> };
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replace(/.*(active-profile)$/, '$1')}`,
    ),
  );
  const rows = table.map(({ route }) => route);
  expect(routes.filter((route) => !rows.some((row) => row.startsWith(route)))).toEqual([]);
});

it('shows nothing of a company to another, whatever is asked', async () => {
  for (const token of [await callers['other company'](), await callers['administrator of another']()]) {
    for (const { send } of table.filter(({ route }) => !route.includes('events'))) {
      const [path, options] = send();
      const text = await (await door.send(path, token, options)).text();
      expect(text).not.toMatch(/acme|anna|karin berg|karin ek|berg/i);
    }
  }
});

it('tells whoever lacks the right the same of everybody', async () => {
  const response = await door.send('/v1/colleagues', await callers['without rights']());
  const { colleagues } = (await response.json()) as { colleagues: Record<string, unknown>[] };
  const seen = colleagues.map(({ user: _, displayName: __, extension: ___, ...rest }) =>
    JSON.stringify(rest),
  );
  expect(new Set(seen).size).toBe(1);
  expect(colleagues.length).toBeGreaterThan(8);
});
