import { describe, expect, it } from 'vitest';
import { sine } from '../audio/synthesis.ts';
import { encodeG711 } from './g711.ts';
import { countStreams, type ReceivedPacket } from './received-packet.ts';
import { recordPackets } from './record-packets.ts';

function packet(sequence: number, more: Partial<ReceivedPacket> = {}): ReceivedPacket {
  const payload = encodeG711('PCMA', sine(400, 20));
  const base = { payloadType: 8, marker: false, timestamp: 0, ssrc: 1, payload, arrivedAt: 0, source: '' };
  return { ...base, sequence, ...more };
}

describe('counting', () => {
  it('finds losses and duplicates across the wrap, out of order', () => {
    const numbers = [65_534, 65_535, 1, 0, 0, 4];
    expect(countStreams(numbers.map((number) => packet(number)))).toMatchObject([
      { ssrc: 1, received: 6, lost: 2, duplicates: 1 },
    ]);
  });

  it('keeps senders apart', () => {
    const counts = countStreams([packet(1), packet(9, { ssrc: 2 }), packet(2), packet(12, { ssrc: 2 })]);
    expect(counts.map(({ ssrc, lost }) => [ssrc, lost])).toEqual([
      [1, 0],
      [2, 2],
    ]);
  });
});

describe('recording', () => {
  const loud = (samples: Int16Array) => samples.some((sample) => Math.abs(sample) > 1000);
  const stretch = (packets: readonly ReceivedPacket[]) => recordPackets(packets, 1000, 1100).samples;

  it('lays packets by timestamp, whatever the jitter, with silence for what is lost', () => {
    const samples = stretch([
      packet(1, { arrivedAt: 1020, timestamp: 500 }),
      packet(3, { arrivedAt: 1069, timestamp: 500 + 320 }),
    ]);
    const parts = [0, 20, 40, 60, 80].map((ms) => loud(samples.subarray(ms * 8, (ms + 20) * 8)));
    expect(parts).toEqual([false, true, false, true, false]);
  });

  it('begins anew when a sender paused without counting the time', () => {
    const later = recordPackets(
      [packet(1, { arrivedAt: 1000 }), packet(2, { arrivedAt: 1900, timestamp: 160 })],
      1000,
      2000,
    );
    expect([loud(later.samples.subarray(160, 7200)), loud(later.samples.subarray(7200))]).toEqual([
      false,
      true,
    ]);
  });
});
