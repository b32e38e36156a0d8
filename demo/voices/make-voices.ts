import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav, sine } from '@medlyssning/e2e/lib/audio/index.ts';
import { speakToWav } from '@medlyssning/tools/real/espeak.ts';
import type { Parts } from '@medlyssning/tools/real/parts.ts';
import { type AudibleId, voiceOf } from '../cast/cast.ts';
import { asides, conversation, type Line, otherConversation } from '../cast/lines.ts';
import { withPilot } from './pilot.ts';
import { type Turn, takeTurns, trimmed } from './take-turns.ts';

/** What each person says, PCM16, 8 kHz: whole seconds, to be said again and again. */
export interface Voices {
  readonly kind: 'speech' | 'tones';
  readonly said: ReadonlyMap<AudibleId, Int16Array>;
}

/** Has espeak-ng speak the lines. Where it cannot, `onProblem` is told why and each person has a tone instead. */
export async function makeVoices(parts: Parts, onProblem: (problem: string) => void): Promise<Voices> {
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-voices-'));
  try {
    return await voicesOf('speech', (line) => speak(parts, folder, line));
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
    return voicesOf('tones', async ({ who, text }) => sine(voiceOf[who].pilotHz * 8, text.length * 60));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Speak = (line: Line) => Promise<Int16Array>;

async function voicesOf(kind: Voices['kind'], speak: Speak): Promise<Voices> {
  const scenes = [conversation, otherConversation, ...asides.map((aside) => [aside])];
  const said = new Map<AudibleId, Int16Array>();
  for (const scene of scenes) {
    const turns: Turn<AudibleId>[] = [];
    for (const line of scene) turns.push({ who: line.who, samples: await speak(line) });
    for (const [who, samples] of takeTurns(turns)) said.set(who, withPilot(samples, voiceOf[who].pilotHz));
  }
  return { kind, said };
}

async function speak(parts: Parts, folder: string, { who, text }: Line): Promise<Int16Array> {
  const file = join(folder, `${who}.wav`);
  await speakToWav(parts, { text, voice: voiceOf[who].voice, wordsPerMinute: 180 }, file);
  return trimmed(readWav(await readFile(file)));
}
