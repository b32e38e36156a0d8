import { sine } from '@medlyssning/e2e/lib/audio/index.ts';
import { expect, it } from 'vitest';
import { withPilot } from '../voices/pilot.ts';
import { picture } from './picture.ts';

const speech = Int16Array.from([...sine(600, 1000), ...new Int16Array(8000), ...sine(600, 2000)]);

it('draws what each heard on one axis, without the pilots, and marks the sound', () => {
  const rows = [
    { name: 'Anna Berg', heard: { startedAt: 10_000, samples: withPilot(speech, 52) }, sounds: [12_500] },
    { name: 'Karin Ek', heard: { startedAt: 12_000, samples: sine(600, 2000) } },
  ];
  const loud = '▆'.repeat(16);
  expect(
    picture(rows, { from: 10_000, to: 14_000 }).map((line) =>
      line.replaceAll(/[▄▅▇]/g, '▆').replaceAll('▂', ' '),
    ),
  ).toEqual([
    '                0 s             1 s             2 s             3 s',
    `Anna Berg       ${loud}${' '.repeat(16)}${loud}${loud}`,
    `  the sound     ${' '.repeat(40)}♪`,
    `Karin Ek        ${' '.repeat(32)}${loud}${loud}`,
  ]);
});

it('leaves out what was heard before and after', () => {
  const heard = { startedAt: 9_000, samples: sine(600, 9_000) };
  const [axis = '', row = ''] = picture([{ name: 'Anna', heard }], { from: 10_000, to: 11_000 });
  expect(row).toHaveLength(80);
  expect(axis.trim()).toBe('0 s');
});
