import { createHash } from 'node:crypto';
import { type RequestLines, requestText, token } from './raw-messages.ts';
import type { RawPhone } from './raw-phone.ts';
import { header, type SipText, statusOf } from './sip-text.ts';

interface Account {
  /** `user@host`. */
  readonly address: string;
  readonly password: string;
}

/** Sends a request, and again with the account's answer to the challenge. What comes then is left to be taken. */
export async function sendAuthenticated(
  phone: RawPhone,
  lines: RequestLines,
  account: Account,
): Promise<void> {
  const branch = token();
  phone.send(requestText(phone, { ...lines, branch }));
  const challenge = await phone.take(
    (message) => [401, 407].includes(statusOf(message)) && header(message, 'call-id') === lines.callId,
  );
  if (lines.method === 'INVITE') {
    const { uri, from, callId, cseq } = lines;
    phone.send(
      requestText(phone, { method: 'ACK', uri, from, to: header(challenge, 'to'), callId, cseq, branch }),
    );
  }
  const headers = [...(lines.headers ?? []), authorization(challenge, lines, account)];
  phone.send(requestText(phone, { ...lines, cseq: lines.cseq + 1, headers }));
}

/** The header line that answers a challenge with qop=auth (RFC 7616, MD5). */
function authorization(
  challenge: SipText,
  { method, uri }: Pick<RequestLines, 'method' | 'uri'>,
  { address, password }: Account,
): string {
  const proxy = statusOf(challenge) === 407 ? 'Proxy-' : '';
  const value = header(challenge, proxy === '' ? 'www-authenticate' : 'proxy-authenticate');
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(value)?.[1] ?? '';
  const user = address.slice(0, address.lastIndexOf('@'));
  const [realm, nonce, cnonce] = [field('realm'), field('nonce'), token()];
  const ha1 = md5(`${user}:${realm}:${password}`);
  const response = md5(`${ha1}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  const fields = [
    ...[
      `username="${user}"`,
      `realm="${realm}"`,
      `nonce="${nonce}"`,
      `uri="${uri}"`,
      `response="${response}"`,
    ],
    ...['algorithm=MD5', 'qop=auth', 'nc=00000001', `cnonce="${cnonce}"`],
  ];
  return `${proxy}Authorization: Digest ${fields.join(', ')}`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
