import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { generate } from 'selfsigned';

/** A key and its certificate, both PEM. */
export interface Credential {
  readonly key: string;
  readonly cert: string;
}

interface Made {
  readonly dns?: readonly string[];
  readonly uris?: readonly string[];
  /** Its time, relative to now, ms. */
  readonly from?: number;
  readonly until?: number;
  /** For servers, not for clients. */
  readonly serves?: boolean;
}

const elliptic = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
const hour = 3_600_000;

/** An authority that signs what it is asked to. */
export const authority = async () => {
  // of two authorities with one name OpenSSL tries one
  const value = `tests ${randomUUID()}`;
  const { private: key, cert } = await generate([{ name: 'commonName', value }], {
    ...elliptic,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const sign = async ({ dns = [], uris = [], from = -hour, until = hour, serves = false }: Made) => {
    const made = await generate([{ name: 'commonName', value: 'pbx.example' }], {
      ...elliptic,
      notBeforeDate: new Date(Date.now() + from),
      notAfterDate: new Date(Date.now() + until),
      extensions: [
        { name: 'extKeyUsage', ...(serves ? { serverAuth: true } : { clientAuth: true }) },
        {
          name: 'subjectAltName',
          altNames: [
            ...dns.map((value) => ({ type: 2, value }) as const),
            ...uris.map((value) => ({ type: 6, value }) as const),
            ...(serves ? [{ type: 7, ip: '127.0.0.1' } as const] : []),
          ],
        },
      ],
      ca: { key, cert },
    });
    return { key: made.private, cert: made.cert };
  };
  return { cert: `${cert.trim()}\n`, sign };
};

/** Where a door finds its PEM files. */
export const tlsFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tls-'));
  const tls = {
    cert: join(folder, 'tls.crt'),
    key: join(folder, 'tls.key'),
    clientAuthority: join(folder, 'ca.crt'),
  };
  return {
    tls,
    async write({ cert, key }: Credential, clientAuthority?: string): Promise<void> {
      await writeFile(tls.cert, cert);
      await writeFile(tls.key, key);
      if (clientAuthority !== undefined) await writeFile(tls.clientAuthority, clientAuthority);
    },
    remove: () => rm(folder, { recursive: true }),
  };
};

/** `fetch` to a server of this authority, with a certificate or without, each time on a connection of its own. */
export const fetchWith =
  (ca: string, credential?: Credential) =>
  (url: string, { method = 'GET', headers = {}, body }: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const options = { method, headers: headers as Record<string, string>, ca, agent: false, ...credential };
      const sent = request(url, options, (response) => {
        const { statusCode: status = 0, headers: received } = response;
        const none = status === 204 || status === 304;
        const stream = none ? null : (Readable.toWeb(response) as ReadableStream);
        if (none) response.resume();
        resolve(new Response(stream, { status, headers: new Headers(received as Record<string, string>) }));
      });
      sent.on('error', reject);
      sent.end(body as string | undefined);
    });
