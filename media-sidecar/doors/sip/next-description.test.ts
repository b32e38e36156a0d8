import { describe, expect, it } from 'vitest';
import { nextDescription } from './next-description.ts';

const sdp = (origin: string, port = 30_000) =>
  `v=0\r\no=${origin}\r\ns=-\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8\r\n`;

describe('a description that follows another in the same call', () => {
  it('keeps the session and goes one version further (RFC 3264 §8)', () => {
    const last = sdp('- 194520778 51410238 IN IP4 127.0.0.1');
    const next = sdp('phone 1 7 IN IP4 192.0.2.9', 30_002);
    expect(nextDescription(last, next)).toBe(sdp('- 194520778 51410239 IN IP4 127.0.0.1', 30_002));
  });

  it('is the same where nothing changed: a session refresh', () => {
    const last = sdp('- 1 5 IN IP4 127.0.0.1');
    expect(nextDescription(last, sdp('phone 9 9 IN IP4 192.0.2.9'))).toBe(last);
  });

  it('counts beyond what a double holds, and takes no name for a pattern', () => {
    const last = sdp('$& 1 9007199254740993 IN IP4 127.0.0.1');
    expect(nextDescription(last, sdp('- 1 1 IN IP4 127.0.0.1', 1))).toBe(
      sdp('$& 1 9007199254740994 IN IP4 127.0.0.1', 1),
    );
  });

  it('is left as it is where the last one had no origin', () => {
    expect(nextDescription('v=0', sdp('- 1 1 IN IP4 a'))).toBe(sdp('- 1 1 IN IP4 a'));
  });
});
