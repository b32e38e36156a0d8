import fc from 'fast-check';
import { parse } from 'sdp-transform';
import { describe, expect, it } from 'vitest';
import { OfferUnusable, whepOffer } from './whep-offer.ts';

const print = Array.from({ length: 32 }, () => 'AB').join(':');
const lines = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8',
  'c=IN IP4 203.0.113.9',
  'a=candidate:1 1 udp 2113937151 203.0.113.9 5000 typ host',
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
  `a=fingerprint:sha-256 ${print}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=recvonly',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:8 PCMA/8000',
];
const offer = (...changes: readonly (readonly [from: string, to: string])[]): string =>
  `${changes.reduce((text, [from, to]) => text.replace(from, to), lines.join('\r\n'))}\r\n`;

describe('the offer of a browser', () => {
  it('is written anew: name, ICE credentials and fingerprint are kept, and no address is', () => {
    const sdp = whepOffer(offer());
    expect(sdp).not.toContain('203.0.113.9');
    expect(sdp).not.toContain('candidate');
    expect(parse(sdp).media).toMatchObject([
      {
        type: 'audio',
        payloads: 8,
        mid: 0,
        iceUfrag: 'EsAw',
        icePwd: 'P2uYro0UCOQ4zxjKXaWCBui1',
        fingerprint: { type: 'sha-256', hash: print },
        setup: 'actpass',
        rtcpMux: 'rtcp-mux',
        direction: 'recvonly',
      },
    ]);
  });

  it('asks to receive alone, where it offered to send too', () => {
    expect(whepOffer(offer(['recvonly', 'sendrecv']))).toContain('a=recvonly');
    expect(whepOffer(offer(['a=recvonly\r\n', '']))).toContain('a=recvonly');
  });

  it.each([
    ['two streams', [['a=rtpmap:8', 'm=audio 9 UDP/TLS/RTP/SAVPF 8\r\na=rtpmap:8']], /exactly one m-line/],
    ['no stream', [[lines.slice(5).join('\r\n'), '']], /exactly one m-line/],
    ['video', [['m=audio', 'm=video']], /exactly one m-line/],
    ['sending alone', [['recvonly', 'sendonly']], /recvonly/],
    ['plain RTP', [['UDP/TLS/RTP/SAVPF', 'RTP/AVP']], /SAVPF/],
    ['RTCP on a port of its own', [['a=rtcp-mux\r\n', '']], /rtcp-mux/],
    ['no PCMA', [['111 9 0 8', '111 9 0']], /PCMA/],
    ['no fingerprint', [[`a=fingerprint:sha-256 ${print}\r\n`, '']], /a=fingerprint/],
    ['a password that is none', [['P2uYro0UCOQ4zxjKXaWCBui1', 'a b']], /a=ice-pwd/],
    ['a name that is none', [['a=mid:0', 'a=mid:"']], /a=mid/],
  ] as const)('with %s is turned away, and told why', (_, changes, why) => {
    expect(() => whepOffer(offer(...changes))).toThrow(OfferUnusable);
    expect(() => whepOffer(offer(...changes))).toThrow(why);
  });

  it('gives, whatever is sent, either one recvonly stream without addresses or an error', () => {
    const line = fc.oneof(
      fc.constantFrom(...lines, 'a=sendrecv', 'a=mid:\u0000', 'm=audio 9 UDP/TLS/RTP/SAVPF 8', 'a=x=\r\nb'),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.shuffledSubarray(lines), (noise, some) => {
        const text = [...some, ...noise].join('\r\n');
        try {
          const [media, ...others] = parse(whepOffer(text)).media;
          expect([others, media?.direction, media?.candidates]).toEqual([[], 'recvonly', undefined]);
        } catch (error) {
          if (!(error instanceof OfferUnusable)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
