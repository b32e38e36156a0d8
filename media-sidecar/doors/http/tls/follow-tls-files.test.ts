import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { Agent, createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authority, type Credential, tlsFolder } from './certificates.fixture.ts';
import { followTlsFiles } from './follow-tls-files.ts';
import { machineNames } from './machine-names.ts';
import { readTlsFiles } from './tls-files.ts';

const [ours, another] = [await authority(), await authority()];
const both = ours.cert + another.cert;
const name = 'DNS:pbx.example';
const server = await ours.sign({ serves: true });
const machine = await ours.sign({ dns: ['pbx.example'] });

let folder: Awaited<ReturnType<typeof tlsFolder>>;
let logged: { msg: string; problem?: string }[];
let now: number;
let port: number;
const open: (() => unknown)[] = [];

/** A server that answers with the names that it believes the one who asks to have. */
const serve = async () => {
  const material = await readTlsFiles(folder.tls);
  const options = { ...material, requestCert: true, rejectUnauthorized: false };
  const served = createServer(options, ({ socket }, response) =>
    response.end([...machineNames(socket, now)].join()),
  ).listen(0, '127.0.0.1');
  await once(served, 'listening');
  // a look that is under way when its test ends is none of the next one's
  const lines = logged;
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const following = followTlsFiles(served, folder.tls, material, log, 10);
  port = (served.address() as AddressInfo).port;
  open.push(
    () => served.close(),
    () => served.closeAllConnections(),
    () => following.stop(),
  );
};
beforeEach(async () => {
  now = Date.now();
  logged = [];
  folder = await tlsFolder();
  await folder.write(server, both);
  open.push(folder.remove);
  await serve();
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const ask = (credential?: Credential, agent: Agent | false = false, ca = both) =>
  new Promise<string>((resolve, reject) => {
    const sent = get({ host: '127.0.0.1', port, ca, agent, ...credential }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve(text);
    });
    sent.on('error', reject);
  });
const renewed = (count = 1) =>
  vi.waitFor(() => expect(logged.filter(({ msg }) => msg.endsWith('were renewed'))).toHaveLength(count));

describe('files that change', () => {
  it('are served from the next connection on', async () => {
    const asked = () => ask(machine, false, another.cert);
    await expect(asked()).rejects.toThrow();
    await folder.write(await another.sign({ serves: true }));
    await renewed();
    expect(await asked()).toBe(name);
  });

  it.each([
    ['a key of another certificate', 'key', machine.key, /tls\.key: .* fits the certificate/],
    ['no PEM', 'cert', 'hello', /tls\.cert: .* must have certificates in PEM/],
    ['half a file', 'clientAuthority', ours.cert.slice(0, -40), /clientAuthority: .* in PEM/],
  ] as const)(
    'leave the last good ones in use where there is %s, and say so once',
    async (_, file, text, why) => {
      await writeFile(`${folder.tls[file]}.new`, text);
      await rename(`${folder.tls[file]}.new`, folder.tls[file]);
      await vi.waitFor(() => expect(logged).toHaveLength(1));
      expect(logged[0]?.problem).toMatch(why);
      expect(await ask(machine)).toBe(name);
      expect(logged).toHaveLength(1);
    },
  );
});

describe('a machine whose authority is trusted no more', () => {
  it('has its connection closed, and proves nothing on the next one', async () => {
    const agent = new Agent({ keepAlive: true });
    open.push(() => agent.destroy());
    expect(await ask(machine, agent)).toBe(name);
    const [socket] = Object.values(agent.freeSockets).flat();
    if (!socket) throw new Error('the connection was not kept');
    const closed = once(socket, 'close');
    await folder.write(server, another.cert);
    await closed;
    expect(await ask(machine, agent)).toBe('');
    expect(await ask(await another.sign({ dns: ['pbx.example'] }), agent)).toBe(name);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('does not resume a session of before (%s)', async (version) => {
    const { session } = await talk({ ...machine, minVersion: version, maxVersion: version });
    const again = { ...machine, minVersion: version, maxVersion: version, session };
    expect(await talk(again)).toMatchObject({ reused: true, answer: name });
    await folder.write(server, another.cert);
    await renewed();
    expect(await talk(again)).toMatchObject({ reused: false, answer: '' });
  });
});

it.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a session without a certificate, or with another authority’s, proves nothing when it is resumed (%s)',
  async (version) => {
    const stranger = await (await authority()).sign({ dns: ['pbx.example'] });
    for (const credential of [{}, stranger]) {
      const of = { ...credential, minVersion: version, maxVersion: version };
      const { session } = await talk(of);
      expect(await talk({ ...of, session })).toMatchObject({ reused: true, answer: '' });
      // with a certificate that would do, but was not asked for
      expect(await talk({ ...of, ...machine, session })).toMatchObject({ reused: true, answer: '' });
    }
  },
);

it('a certificate whose time is over proves nothing, also on a connection that began before', async () => {
  const agent = new Agent({ keepAlive: true });
  open.push(() => agent.destroy());
  expect(await ask(machine, agent)).toBe(name);
  now += 2 * 3_600_000;
  expect(await ask(machine, agent)).toBe('');
});

it('nothing older than TLS 1.2 is spoken', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const lax = createServer({ ...server, ...old }, (_, response) => response.end()).listen(0, '127.0.0.1');
  await once(lax, 'listening');
  open.push(() => lax.close());
  const at = (there: number): Promise<string> =>
    talk(old, there).then(
      () => 'spoken',
      ({ message }) => message,
    );
  expect(await at((lax.address() as AddressInfo).port)).toBe('spoken');
  expect(await at(port)).toMatch(/protocol version/);
});

/** One request, with what is to be known of its session. */
async function talk(options: ConnectionOptions, there = port) {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port: there, ca: both, ...options });
  let session: Buffer | undefined;
  socket.on('session', (told) => {
    session = told;
  });
  socket.setEncoding('utf8');
  socket.write('GET / HTTP/1.0\r\n\r\n');
  let reused = false;
  socket.on('secureConnect', () => {
    reused = socket.isSessionReused();
  });
  let text = '';
  for await (const chunk of socket) text += chunk;
  return { session, reused, answer: text.split('\r\n\r\n')[1] ?? '' };
}
