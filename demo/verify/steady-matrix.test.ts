import { audioMatrix, sine, whoHearsWhom } from '@medlyssning/e2e/lib/audio/index.ts';
import { describe, expect, it } from 'vitest';
import { pilotDb } from '../voices/pilot.ts';
import { steadyMatrix } from './steady-matrix.ts';

const speakers = [
  { name: 'anna', hz: 44 },
  { name: 'bo', hz: 55 },
];
/** Half a turn is missing in the middle, as where a mixer left something out. */
const slipped = Int16Array.from([
  ...sine(44, 1000, pilotDb),
  ...sine(44, 1000, pilotDb, 8000 + Math.round(4000 / 44)),
]);

describe('the matrix of pilots', () => {
  it('hears a tone through a slip that cancels it over the whole time', () => {
    const recordings = new Map([['karin', { startedAt: 0, samples: slipped }]]);
    expect(whoHearsWhom(audioMatrix(speakers, recordings))).toEqual({ karin: [] });
    const matrix = steadyMatrix(speakers, recordings, { from: 0, to: 2000 });
    expect(whoHearsWhom(matrix)).toEqual({ karin: ['anna'] });
  });

  it('does not hear a tone that was there for a moment only', () => {
    const samples = Int16Array.from([...sine(55, 500, pilotDb), ...new Int16Array(12_000)]);
    const matrix = steadyMatrix(speakers, new Map([['karin', { startedAt: 0, samples }]]), {
      from: 0,
      to: 2000,
    });
    expect(whoHearsWhom(matrix)).toEqual({ karin: [] });
  });

  it('will not judge by less than half a second', () => {
    expect(() => steadyMatrix(speakers, new Map(), { from: 0, to: 400 })).toThrow(RangeError);
  });
});
