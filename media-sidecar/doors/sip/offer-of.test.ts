import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offerOf } from './offer-of.ts';
import { parsedInvite } from './parsed.fixture.ts';

const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
const sdp = (...media: readonly string[]): string => `${[...lines, ...media].join('\r\n')}\r\n`;
const audio = 'm=audio 40000 RTP/AVP 8 0';
const offered = (body: string, type = 'application/sdp') =>
  offerOf(parsedInvite([`Content-Type: ${type}`], body));

describe('the offer of an INVITE', () => {
  it.each([
    ['G.711', sdp(audio)],
    ['DTLS-SRTP', sdp('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2')],
    ['a known codec among others', sdp('m=audio 40000 RTP/AVP 96 101 9', 'a=rtpmap:96 EVS/16000')],
    ['bare line feeds', sdp(audio).replaceAll('\r\n', '\n')],
    ['on hold from the start', sdp(audio, 'a=inactive')],
    [
      'another host’s address: the phone decides where it listens',
      sdp(audio).replaceAll('127.0.0.1', '192.0.2.9'),
    ],
  ])('is taken: %s', (_, body) => {
    expect(offered(body)).toBe(body);
  });

  it.each([
    ['none', ''],
    ['no media', sdp()],
    ['video', sdp('m=video 40000 RTP/AVP 96')],
    ['audio and video', sdp(audio, 'm=video 40002 RTP/AVP 96')],
    ['two audio lines', sdp(audio, audio)],
    ['a second m-line behind a bare CR', sdp(`${audio}\rm=video 40002 RTP/AVP 96`)],
    ['port 0: switched off', sdp('m=audio 0 RTP/AVP 8')],
    ['a port that is none', sdp('m=audio 70000 RTP/AVP 8')],
    ['a port that is no number', sdp('m=audio x RTP/AVP 8')],
    ['no codec', sdp('m=audio 40000 RTP/AVP')],
    [
      'digits and no speech',
      sdp('m=audio 40000 RTP/AVP 101 13', 'a=rtpmap:101 telephone-event/8000', 'a=rtpmap:13 CN/8000'),
    ],
    ['a codec that nobody knows', sdp('m=audio 40000 RTP/AVP 96', 'a=rtpmap:96 FOOBAR/8000')],
    ['a codec that nobody names', sdp('m=audio 40000 RTP/AVP 96')],
    ['a known number with another name', sdp('m=audio 40000 RTP/AVP 8', 'a=rtpmap:8 FOOBAR/8000')],
    ['no RTP', sdp('m=audio 40000 TCP/MSRP 8')],
    ['no SDP at all', 'm=audio 1 x'],
    ['more than 16 KiB', sdp(audio, ...Array.from({ length: 3_300 }, () => 'a=x'))],
  ])('is not taken: %s', (_, body) => {
    expect(offered(body)).toBeUndefined();
  });

  it('is not taken under another content type', () => {
    expect(offered(sdp(audio), 'text/plain')).toBeUndefined();
    expect(offered(sdp(audio), 'multipart/mixed;boundary=x')).toBeUndefined();
  });

  it('never throws, whatever the body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (body) => void offered(`v=0${body}`)),
    );
  });
});
