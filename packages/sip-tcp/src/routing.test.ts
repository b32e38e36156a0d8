import { describe, expect, it } from 'vitest';
import { readMessageText, writeMessageText } from './message-text.ts';
import { nextHop } from './next-hop.ts';
import { hostPort, parseHostPort } from './socket-address.ts';
import { readTopVia, withPeerInTopVia } from './top-via.ts';

const peer = { host: '10.0.0.5', port: 40_000 };

function request(...lines: readonly string[]) {
  return readMessageText(['INVITE sip:bo@192.0.2.9;transport=tcp SIP/2.0', ...lines, '', ''].join('\r\n'));
}

describe('the topmost Via', () => {
  it.each([
    ['SIP/2.0/TCP pbx:5080;branch=z9;rport', 'SIP/2.0/TCP pbx:5080;branch=z9'],
    ['SIP/2.0/TCP pbx;received=1.1.1.1 ; rport = 1;branch=z9', 'SIP/2.0/TCP pbx;branch=z9'],
    [
      'SIP/2.0/TCP [2001:db8::1]:5080;x="a;rport=1";branch=z9',
      'SIP/2.0/TCP [2001:db8::1]:5080;x="a;rport=1";branch=z9',
    ],
  ])('of %j is given the peer’s real address', (sent, kept) => {
    const [via] = withPeerInTopVia(request(`v: ${sent}`), peer).headers;
    expect(via).toEqual({ name: 'Via', value: `${kept};received=10.0.0.5;rport=40000` });
  });

  it('is set apart from those below it', () => {
    const { headers } = withPeerInTopVia(
      request('Via: SIP/2.0/TCP a;branch=1, SIP/2.0/UDP b;branch=2'),
      peer,
    );
    expect(headers.map(({ value }) => value)).toEqual([
      'SIP/2.0/TCP a;branch=1;received=10.0.0.5;rport=40000',
      'SIP/2.0/UDP b;branch=2',
    ]);
  });

  it('tells where a response goes', () => {
    expect(readTopVia('SIP/2.0/TCP pbx:5080;branch=z9;received=::1;rport=7')).toEqual({
      sentBy: { host: 'pbx', port: 5080 },
      received: '::1',
      rport: 7,
    });
    expect(readTopVia('nonsense at all')).toBeUndefined();
  });
});

describe('the next hop', () => {
  const proxy = { host: '10.0.0.1', port: 5060 };

  it('is the first Route, before the proxy, before the request-URI', () => {
    const routed = request('Route: "P" <sip:10.0.0.2:5070;lr>, <sip:10.0.0.3;lr>');
    expect(nextHop(routed, proxy)).toEqual({ host: '10.0.0.2', port: 5070 });
    expect(nextHop(request(), proxy)).toEqual(proxy);
    expect(nextHop(request(), undefined)).toEqual({ host: '192.0.2.9', port: 5060 });
  });

  it('is unknown for a tel URI', () => {
    expect(nextHop(readMessageText('INVITE tel:+461 SIP/2.0\r\n\r\n'), undefined)).toBeUndefined();
  });
});

it('puts a message together as it was, folding undone', () => {
  const text = 'INVITE sip:a@b SIP/2.0\r\nX:  one\r\n two\r\n\r\nbody\r\n\r\n';
  expect(writeMessageText(readMessageText(text))).toBe(
    'INVITE sip:a@b SIP/2.0\r\nX: one two\r\n\r\nbody\r\n\r\n',
  );
});

it('writes IPv6 in brackets and reads it back', () => {
  expect(hostPort({ host: '::1', port: 5060 })).toBe('[::1]:5060');
  expect(parseHostPort('[::1]:5060')).toEqual({ host: '::1', port: 5060 });
  expect(parseHostPort('host:99999')).toBeUndefined();
});
