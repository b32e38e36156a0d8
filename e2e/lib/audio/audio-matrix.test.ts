import { expect, it } from 'vitest';
import { audioMatrix, printMatrix, whoHearsWhom } from './audio-matrix.ts';
import { levelBars } from './level-bars.ts';
import { mixed, sine } from './synthesis.ts';

const speakers = [
  { name: 'anna', hz: 624 },
  { name: 'customer', hz: 1299 },
  { name: 'karin', hz: 2685 },
];

it('shows who hears whom in a call that Karin listens to', () => {
  const matrix = audioMatrix(
    speakers,
    new Map([
      ['anna', { startedAt: 0, samples: sine(1299, 400) }],
      ['customer', { startedAt: 0, samples: sine(624, 400) }],
      ['karin', { startedAt: 0, samples: mixed(sine(624, 400), sine(1299, 400)) }],
    ]),
  );
  expect(whoHearsWhom(matrix)).toEqual({
    anna: ['customer'],
    customer: ['anna'],
    karin: ['anna', 'customer'],
  });
  expect(printMatrix(matrix)).toBe(
    [
      'hears         anna  customer     karin',
      'anna             ·  ● -18 dB         ·',
      'customer  ● -18 dB         ·         ·',
      'karin     ● -18 dB  ● -18 dB         ·',
    ].join('\n'),
  );
});

it('draws loudness over time', () => {
  const samples = Int16Array.from([
    ...new Int16Array(800),
    ...sine(440, 100, -40),
    ...sine(440, 100, -18),
    ...sine(440, 100, 0),
  ]);
  expect(levelBars({ startedAt: 0, samples }, 8)).toBe('  ▂▂▆▆██');
});
