import { describe, expect, it } from 'vitest';
import { answering, readSdp, writeSdp } from './phone-sdp.ts';

const local = { host: '127.0.0.1', port: 4000 };

describe('a phone’s SDP', () => {
  it('is read as it was written', () => {
    expect(readSdp(writeSdp(local, 1, ['PCMU', 'PCMA'], 'sendrecv'))).toEqual({
      target: local,
      codec: 'PCMU',
      direction: 'sendrecv',
    });
  });

  it.each(['sendonly', 'inactive'] as const)('wants no media when %s', (direction) => {
    expect(readSdp(writeSdp(local, 1, ['PCMA'], direction))).toMatchObject({ target: undefined, direction });
  });

  it('is nothing without G.711', () => {
    expect(readSdp('v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 96\r\n')).toBeUndefined();
    expect(readSdp('m=video 1 RTP/AVP 0\r\n')).toBeUndefined();
  });

  it('answers hold with recvonly', () => {
    expect([answering('sendonly'), answering('recvonly'), answering('inactive')]).toEqual([
      'recvonly',
      'sendonly',
      'inactive',
    ]);
  });
});
