import { goertzel, sine, toneLevels } from '@medlyssning/e2e/lib/audio/index.ts';
import { describe, expect, it } from 'vitest';
import { pilotDb, withPilot } from './pilot.ts';
import { takeTurns, trimmed } from './take-turns.ts';

describe('turns', () => {
  const said = takeTurns([
    { who: 'customer', samples: sine(700, 300) },
    { who: 'anna', samples: sine(900, 200) },
    { who: 'customer', samples: sine(700, 200) },
  ]);
  const loudAt = (who: 'customer' | 'anna') =>
    Array.from({ length: 10 }, (_, tenth) => {
      const part = said.get(who)?.subarray(tenth * 800, (tenth + 1) * 800) ?? new Int16Array();
      return part.some((sample) => sample !== 0) ? '█' : '·';
    }).join('');

  it('follow each other, the others silent meanwhile, and fill whole seconds', () => {
    expect([...said.values()].map(({ length }) => length)).toEqual([16_000, 16_000]);
    expect(loudAt('customer')).toBe('███······█');
    expect(loudAt('anna')).toBe('·····██···');
  });

  it('are spoken without the silence around them', () => {
    const loud = sine(500, 100);
    const around = Int16Array.from([...new Int16Array(4000), ...loud, ...new Int16Array(2400)]);
    expect(trimmed(around).length).toBeGreaterThan(780);
    expect(trimmed(around).length).toBeLessThanOrEqual(loud.length);
    expect(trimmed(new Int16Array(100))).toHaveLength(0);
  });
});

it('a pilot lies under the voice all the time and has no seam where the voice begins again', () => {
  const once = withPilot(new Int16Array(16_000), 41);
  const twice = { startedAt: 0, samples: Int16Array.from([...once, ...once]) };
  expect(goertzel(once, 41)).toBeCloseTo(pilotDb, 0);
  expect(toneLevels(twice, { tones: [41], from: 1000, to: 3000 })[41]).toBeCloseTo(pilotDb, 0);
});
