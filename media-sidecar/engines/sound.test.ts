import { describe, expect, it } from 'vitest';
import { soundOf } from './sound.ts';

describe.each(['TwoNotes', 'OneNote'] as const)('soundOf(%s)', (name) => {
  const wav = soundOf(name);
  const samples = Array.from({ length: (wav.length - 44) / 2 }, (_, i) => wav.readInt16LE(44 + 2 * i));

  it('is a WAV of 240 ms, 8 kHz, 16 bit, mono', () => {
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([1, 8000, 16]);
    expect(samples.length / 8000).toBe(0.24);
  });

  it('is soft: it begins and ends in silence, and stays well below full scale', () => {
    expect([samples[0], samples.at(-1)].map(Math.abs as (n: number | undefined) => number)).toEqual([0, 0]);
    const peak = Math.max(...samples.map(Math.abs));
    expect(peak).toBeGreaterThan(3000);
    expect(peak).toBeLessThan(5000);
  });
});
