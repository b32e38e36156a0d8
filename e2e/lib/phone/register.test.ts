import { createHash } from 'node:crypto';
import { createSipEndpoint, type SipEndpoint } from '@medlyssning/sip-tcp';
import { afterEach, expect, it } from 'vitest';
import { Phone } from './phone.ts';

let registrar: SipEndpoint;
let phone: Phone;
afterEach(() => Promise.all([phone.close(), registrar.close()]));

const md5 = (...parts: readonly string[]) => createHash('md5').update(parts.join(':')).digest('hex');

/** A registrar that wants digest with the password `secret` (RFC 2617 §3.2.2). */
async function startRegistrar(contacts: string[]): Promise<SipEndpoint> {
  return createSipEndpoint({
    listen: [{ host: '127.0.0.1', port: 0 }],
    user: 'registrar',
    userAgent: 'registrar',
    isTrusted: () => true,
    delegate: {
      onRegister: (request) => {
        const given = request.message.getHeader('authorization') ?? '';
        const field = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(given)?.[1] ?? '';
        const ha2 = md5('REGISTER', field('uri'));
        if (field('response') === md5(md5('anna', 'acme.example', 'secret'), 'n1', ha2)) {
          contacts.push(request.message.getHeader('contact') ?? '');
          request.accept();
        } else {
          const challenge = 'WWW-Authenticate: Digest realm="acme.example", nonce="n1", algorithm=MD5';
          request.reject({ statusCode: 401, extraHeaders: [challenge] });
        }
      },
    },
  });
}

it.each([
  ['secret', 200],
  ['wrong', 401],
])('registers with the password %s: %i', async (password, status) => {
  const contacts: string[] = [];
  registrar = await startRegistrar(contacts);
  const [pbx = { host: '127.0.0.1', port: 0 }] = registrar.addresses;
  phone = await Phone.open({ user: 'anna', domain: 'acme.example', password, pbx });
  expect(await phone.register()).toBe(status);
  expect(contacts).toEqual(status === 200 ? [`<${phone.directUri};transport=tcp>`] : []);
});
