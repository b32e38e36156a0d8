import { goertzel } from '@medlyssning/e2e/lib/audio/index.ts';
import type { Parts } from '@medlyssning/tools/real/parts.ts';
import { expect, it } from 'vitest';
import { audible, voiceOf } from '../cast/cast.ts';
import { makeVoices } from './make-voices.ts';
import { pilotDb } from './pilot.ts';

const mute: Parts = { from: { kind: 'path' }, command: () => ({ file: 'false', args: [] }) };

it('gives everyone a tone in place of a voice where espeak-ng does not work, and says so', async () => {
  const problems: string[] = [];
  const voices = await makeVoices(mute, (problem) => problems.push(problem));
  expect(voices.kind).toBe('tones');
  expect(problems).toEqual([expect.stringContaining('espeak-ng')]);
  for (const who of audible) {
    const said = voices.said.get(who) ?? new Int16Array();
    expect(goertzel(said, voiceOf[who].pilotHz)).toBeCloseTo(pilotDb, 0);
  }
  expect(voices.said.get('customer')).toHaveLength(voices.said.get('anna')?.length ?? 0);
});
