import { rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { authority, tlsFolder } from './certificates.fixture.ts';
import { readTlsFiles } from './tls-files.ts';

const ours = await authority();
const server = await ours.sign({ serves: true });

let folder: Awaited<ReturnType<typeof tlsFolder>>;
beforeEach(async () => {
  folder = await tlsFolder();
  await folder.write(server, ours.cert);
});
afterEach(() => folder.remove());

it('takes files that fit, with an authority of machines or without', async () => {
  const { cert, key } = folder.tls;
  expect(await readTlsFiles({ cert, key })).toEqual({ ...server, minVersion: 'TLSv1.2' });
  expect(await readTlsFiles(folder.tls)).toEqual({ ...server, ca: ours.cert, minVersion: 'TLSv1.2' });
});

it.each([
  ['cert', undefined, /http\.tls\.cert: .*tls\.crt cannot be read: ENOENT/],
  ['key', undefined, /http\.tls\.key: .*tls\.key cannot be read: ENOENT/],
  ['clientAuthority', undefined, /http\.tls\.clientAuthority: .*ca\.crt cannot be read: ENOENT/],
  ['cert', '', /http\.tls\.cert: .* must have certificates in PEM/],
  ['clientAuthority', server.key, /clientAuthority: .* must have certificates in PEM, and nothing else/],
  // glued together, OpenSSL reads the first alone
  ['clientAuthority', ours.cert.trim() + ours.cert, /must have certificates in PEM, and nothing else/],
  ['clientAuthority', ours.cert + server.key, /clientAuthority: .* and nothing else/],
  [
    'clientAuthority',
    ours.cert.replace(/\n[^-]{40}/, `\n${'A'.repeat(40)}`),
    /clientAuthority: .* has a certificate that cannot be read/,
  ],
  ['key', ours.cert, /http\.tls\.key: .* is no key in PEM that fits/],
  ['key', '', /http\.tls\.key: .* is no key in PEM that fits/],
] as const)('names what is wrong with %s', async (field, text, problem) => {
  if (text === undefined) await rm(folder.tls[field]);
  else await writeFile(folder.tls[field], text);
  await expect(readTlsFiles(folder.tls)).rejects.toThrow(problem);
});
