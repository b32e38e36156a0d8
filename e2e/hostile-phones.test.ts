import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEnded, metrics, stillServes } from './lib/hostile/still-serves.ts';
import { attempt } from './lib/outcome/attempt.ts';
import { sipAnswer } from './lib/outcome/sip-answer.ts';
import { sendAuthenticated } from './lib/pbx/testbed/digest.ts';
import { requestText, sdp, token } from './lib/pbx/testbed/raw-messages.ts';
import { openTcpPhone, openUdpPhone, type RawPhone } from './lib/pbx/testbed/raw-phone.ts';
import { header, type SipText, statusOf } from './lib/pbx/testbed/sip-text.ts';
import type { Phone } from './lib/phone/index.ts';
import { editFiles } from './lib/world/edit-policy.ts';
import { type Talk, talk } from './lib/world/talk.ts';
import { World } from './lib/world/world.ts';

// Phones that hold an account of their own and lie about all else. Everything goes through the real Kamailio.

const onAnna = 'sip:*28*0846500403@acme.example';
const karinsNumber = '+46846500401';
/** As YAML has it: a name that would like to be a header, a second message and the end of the first. */
const name =
  '"Karin \\"Ek\\" <sip:anna@acme.example>\\r\\nX-Device: karin-desk\\r\\n\\r\\nIngen lyssnar.\\0"';

let world: World;
let karin: Phone;
let anna: Phone;
let annas: Talk;
beforeAll(async () => {
  world = await World.start({
    tenants: async (folder) => {
      const file = 'acme/supervisors.yaml';
      await editFiles(folder, [{ file, from: 'displayName: Karin Ek', to: `displayName: ${name}` }]);
    },
  });
  karin = await world.phone('karin-desk');
  anna = await world.phone('anna-desk');
  annas = await talk(await world.customer('+46701111111'), anna, 'sip:+46846500403@acme.example');
});
afterAll(() => world?.stop());

const forged = [
  ['P-Asserted-Identity', `<sip:${karinsNumber}@acme.example>`],
  ['P-Preferred-Identity', `<sip:${karinsNumber}@acme.example>`],
  ['Remote-Party-ID', `<sip:${karinsNumber}@acme.example>;party=calling`],
  ['X-Device', 'karin-desk'],
  ['P-Access-Network-Info', '3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=2400100010001'],
] as const;
const forms: Readonly<Record<string, (name: string, value: string) => string>> = {
  'as written': (name, value) => `${name}: ${value}`,
  'in other case': (name, value) => `${name.toUpperCase()}: ${value}`,
  folded: (name, value) => `${name}:\r\n ${value}`,
  'with space before the colon': (name, value) => `${name} : ${value}`,
  'several times': (name, value) =>
    `${name}: ${value}\r\n${name}: ${value}\r\n${name.toLowerCase()}:${value}`,
};

/** What each of these phones really is, in the answer it gets. */
const liars = [
  ['eva-desk', 'eva', 'ListenerRightMissing'],
  ['greta-app', 'greta', 'DeviceNotAllowed'],
  ['karin-app', 'karin', 'DeviceNotAllowed'],
  ['maja-desk', 'maja', 'TargetUnknown'],
] as const;

describe('a phone that says it is Karin’s', () => {
  it.each(Object.entries(forms))('is refused as the phone it is, its headers %s', async (_, form) => {
    const headers = forged.map(([name, value]) => form(name, value));
    for (const [device, user, reason] of liars) {
      const displayName = `<sip:${karinsNumber}@acme.example>`;
      const phone = await world.phone(device, { userAgent: 'Karin 3GPP', displayName });
      const { end, records, ear } = await attempt(world, (options) =>
        phone.call(onAnna, { ...options, headers }),
      );
      const [record] = records;
      expect([device, sipAnswer(end).warning, record?.record === 'attempt' && record.listener.user]).toEqual([
        device,
        reason,
        user,
      ]);
      expect(ear.received).toEqual([]);
      await ear.close();
      await phone.close();
    }
  });
});

const account = () => ({
  address: 'eva-desk@acme.example',
  password: world.pbx.passwordOf('eva-desk@acme.example'),
});

/** Eva dials with this phone; `spoil` is done to the request that is authenticated. Resolves with the answer, if any. */
const dial = async (
  phone: RawPhone,
  spoil: (text: string) => string,
  uri = onAnna,
): Promise<SipText | undefined> => {
  const callId = token();
  const from = `<sip:eva-desk@acme.example>;tag=${token()}`;
  const lines = { method: 'INVITE', uri, from, to: `<${uri}>`, callId, cseq: 1, body: sdp(40_000) };
  const liar: RawPhone = {
    ...phone,
    send: (text) => phone.send(/^Proxy-Authorization/m.test(text) ? spoil(text) : text),
  };
  await sendAuthenticated(liar, lines, account());
  const isFinal = (message: SipText) =>
    header(message, 'call-id') === callId && statusOf(message) >= 200 && statusOf(message) !== 407;
  return phone.take(isFinal, 3_500).catch(() => undefined);
};

describe('a request that Kamailio and the sidecar might read in two ways', () => {
  const smuggled = () => {
    const uri = onAnna;
    const phone = { host: '127.0.0.1', port: 5_060, transport: 'TCP' } as const;
    const headers = forged.map(([name, value]) => `${name}: ${value}`);
    const from = `<sip:karin-desk@acme.example>;tag=${token()}`;
    const lines = { method: 'INVITE', uri, from, to: `<${uri}>`, callId: token(), cseq: 1, headers };
    return requestText({ ...phone, received: [], ...unused }, { ...lines, body: sdp(40_000) });
  };
  const body = sdp(40_000);
  const length = (text: string, value: string) => text.replace(/Content-Length: \d+/, value);

  it.each<[string, (text: string, inner: string) => string]>([
    ['behind a body that is shorter than it says', (text, inner) => text + inner],
    ['behind no body at all', (text, inner) => length(text, 'Content-Length: 0') + inner],
    ['behind a folded length', (text, inner) => length(text, 'Content-Length:\r\n 0') + inner],
    [
      'behind a length with space before the colon',
      (text, inner) => length(text, 'Content-Length \t: 0') + inner,
    ],
    ['without a length', (text, inner) => text.replace(/Content-Length: \d+\r\n/, '') + inner],
    [
      'between two lengths',
      (text, inner) =>
        length(text, `Content-Length: ${body.length + inner.length}\r\nl: ${body.length}`) + inner,
    ],
    [
      'behind headers that end in two bare line feeds',
      (text, inner) =>
        length(text, `Content-Length: ${body.length + inner.length + 2}`).replace('\r\n\r\n', '\n\n\r\n') +
        inner,
    ],
    [
      'within the body',
      (text, inner) => length(text, `Content-Length: ${body.length + inner.length}`) + inner,
    ],
  ])('does not smuggle one that names Karin: %s', async (_, spoil) => {
    const before = (await world.audit()).length;
    const phone = await openUdpPhone(world.pbx.publicPort);
    await dial(phone, (text) => spoil(text, smuggled()));
    const users = (await world.audit())
      .slice(before)
      .flatMap((record) => (record.record === 'attempt' ? [record.listener.user] : []));
    expect(users.filter((user) => user !== 'eva')).toEqual([]);
    phone.close();
  });
});

describe('a request that the sidecar closes the PBX’s connection on', () => {
  it.each([
    ['a bare line feed', 'X-A: a\nX-B: b'],
    ['200 headers', Array.from({ length: 200 }, (_, n) => `X-${n}: a`).join('\r\n')],
    ['a control character', 'X-C: a\x01b'],
  ])('costs nobody else anything: %s', async (_, headers) => {
    const phone = await openTcpPhone(world.pbx.publicPort);
    const up = await karin.call(onAnna);
    await up.answered;
    const answer = await dial(phone, (text) => text.replace('\r\nCall-ID', `\r\n${headers}\r\nCall-ID`));
    expect(statusOf(answer ?? { startLine: '', headers: [], body: '' })).toBe(503);
    await up.rtp.hear(10);
    await up.hangUp();
    phone.close();
    await stillServes(world, karin, onAnna);
  });
});

describe('what was dialled', () => {
  it.each(['%0d%0aX-Device:karin-desk', '%00', '%22%3e%3csip:a', '9'.repeat(120), '%2a28%2a'])(
    'is a number of nobody’s: *28*%s',
    async (dialled) => {
      const phone = await openTcpPhone(world.pbx.publicPort);
      const answer = await dial(phone, (text) => text, `sip:*28*${dialled}@acme.example`);
      // refused for want of the right, as any number would be
      expect(header(answer ?? { startLine: '', headers: [], body: '' }, 'reason')).toMatch(
        /ListenerRightMissing|^$/,
      );
      phone.close();
    },
  );
});

it('a name cannot pass for a header or a second message', async () => {
  await allEnded(world);
  const shown = anna.messages.all.length;
  const listen = await karin.call(onAnna);
  await listen.answered;
  await expect.poll(() => anna.messages.all.length).toBe(shown + 1);
  const message = anna.messages.all.at(-1);
  expect(message?.body).toBe(
    'Karin "Ek" <sip:anna@acme.example> X-Device: karin-desk Ingen lyssnar. lyssnar på ditt samtal.',
  );
  expect(message?.header('x-device')).toBeUndefined();
  await listen.hangUp();
});

it('nobody’s number, SDP or name stands in the log, the records or the metrics of all this', async () => {
  await allEnded(world);
  expect(annas.customer.rtp.streams.map(({ lost }) => lost)).toEqual([0]);
  const read = (file: string) => readFile(join(world.place.workDir, file), 'utf8');
  const texts = {
    log: await read('sidecar.log'),
    records: JSON.stringify(await world.audit()),
    metrics: await metrics(world),
  };
  for (const [where, text] of Object.entries(texts)) {
    // what follows a point is a fraction of a second, what follows a hexadecimal digit or a dash is part of a random id
    expect([
      where,
      text.match(/(?<![\da-f.-])\+?46[78]\d{7,}|0846500\d{3}|v=0|m=audio|c=IN|a=rtpmap/g),
    ]).toEqual([where, null]);
  }
  expect(texts.metrics).not.toMatch(/karin|anna|eva|acme/i);
});

const unused = {
  take: () => Promise.reject(new Error('not a phone')),
  send: () => {},
  close: () => {},
};
