import { IncomingRequestMessage, LoggerFactory, Parser } from 'sip.js/lib/core/index.js';

const silent = new LoggerFactory();
silent.builtinEnabled = false;

/** An INVITE as the door gets it, with these header lines. */
export const parsedInvite = (headers: readonly string[], body = ''): IncomingRequestMessage => {
  const text = [
    'INVITE sip:*28*403@acme.example SIP/2.0',
    'Via: SIP/2.0/TCP 127.0.0.1:5062;branch=z9hG4bK1',
    'From: <sip:anna-desk@acme.example>;tag=1',
    'To: <sip:*28*403@acme.example>',
    'Call-ID: 1',
    'CSeq: 1 INVITE',
    'Contact: <sip:anna-desk@127.0.0.1:5090>',
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
  const message = Parser.parseMessage(text, silent.getLogger('test'));
  if (!(message instanceof IncomingRequestMessage)) throw new TypeError('the fixture is no request');
  return message;
};
