import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711 } from '../rtp/g711.ts';
import { goertzel } from './goertzel.ts';
import { heardDb, hears, toneTrack } from './hears.ts';
import type { Recording } from './recording.ts';
import { mixed, sine } from './synthesis.ts';
import { partyTone, partyTones } from './tones.ts';

function recording(...parts: readonly Int16Array[]): Recording {
  return { startedAt: 0, samples: mixed(...parts) };
}

function overTheWire(samples: Int16Array): Int16Array {
  return decodeG711('PCMU', encodeG711('PCMU', decodeG711('PCMA', encodeG711('PCMA', samples))));
}

/** Noise that is the same in every run. */
function noise(ms: number, db: number): Int16Array {
  let state = 1;
  const amplitude = 32767 * 10 ** (db / 20);
  return Int16Array.from({ length: ms * 8 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.round(amplitude * (state / 2 ** 30 - 1));
  });
}

describe('goertzel', () => {
  it.each([0, -18, -40])('reads the level of a sine at %d dB', (db) => {
    expect(goertzel(sine(1000, 500, db), 1000)).toBeCloseTo(db, 0);
  });

  it('reads next to nothing 9 Hz away in a quarter of a second', () => {
    expect(goertzel(sine(309, 250), 318)).toBeLessThan(-18 - 25);
  });
});

describe('who is heard', () => {
  it('hears the two that speak and not the third', () => {
    const mix = recording(sine(440, 200), sine(880, 200));
    expect(hears(mix, { tones: [440, 880, 1320] })).toEqual({ 440: true, 880: true, 1320: false });
  });

  it('hears within a window of time only', () => {
    const early: Recording = { startedAt: 5000, samples: mixed(sine(440, 300), new Int16Array(600 * 8)) };
    expect(hears(early, { tones: [440], to: 5300 })).toEqual({ 440: true });
    expect(hears(early, { tones: [440], from: 5300 })).toEqual({ 440: false });
    expect(toneTrack(early, 440).findIndex((db) => db < heardDb)).toBe(15);
  });

  it('hears a tone through noise, and none in noise alone', () => {
    expect(hears(recording(sine(624, 500), noise(500, -22)), { tones: [624] })).toEqual({ 624: true });
    expect(hears(recording(noise(500, -22)), { tones: [624] })).toEqual({ 624: false });
  });

  it('will not judge by too little', () => {
    expect(() => hears(recording(sine(440, 50)), { tones: [440] })).toThrow(RangeError);
  });
});

describe('the tones of 40 parties', () => {
  it('are 9 Hz apart, and stay clear of each other as overtones and differences of two', () => {
    const folded = (hz: number) => Math.min(hz % 8000, 8000 - (hz % 8000));
    const products = partyTones.flatMap((a) => [
      ...[2 * a, 3 * a, 5 * a].map(folded),
      ...partyTones
        .filter((b) => b !== a)
        .flatMap((b) => [a + b, Math.abs(a - b), 2 * a + b, Math.abs(2 * a - b)].map(folded)),
    ]);
    const nearest = (hz: number, others: readonly number[]) =>
      Math.min(...others.map((other) => Math.abs(other - hz)));
    expect(partyTones).toHaveLength(40);
    for (const hz of partyTones) {
      expect(
        nearest(
          hz,
          partyTones.filter((other) => other !== hz),
        ),
      ).toBeGreaterThanOrEqual(9);
      expect(nearest(hz, products)).toBeGreaterThanOrEqual(3);
    }
  });

  it('are told apart in every mix of two neighbours, twice through G.711', () => {
    for (let n = 0; n + 1 < partyTones.length; n += 2) {
      const [a, b] = [partyTone(n), partyTone(n + 1)];
      const mix = recording(overTheWire(mixed(sine(a, 500), sine(b, 500))));
      const heard = Object.entries(hears(mix, { tones: partyTones })).filter(([, yes]) => yes);
      expect(heard.map(([hz]) => Number(hz)).toSorted()).toEqual([a, b].toSorted());
    }
  });
});
