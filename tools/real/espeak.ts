import type { Parts } from './parts.ts';
import { runToEnd } from './run-to-end.ts';

export interface Speech {
  readonly text: string;
  /** A voice of espeak-ng: `sv`, `en`, `en+f3`. */
  readonly voice: string;
  /** Words a minute; default 160. */
  readonly wordsPerMinute?: number;
}

/**
 * Speaks a text into a WAV file: 22,050 Hz, 16 bit, mono.
 * @param file within the project or the folder for temporary files
 */
export async function speakToWav(parts: Parts, speech: Speech, file: string): Promise<void> {
  const args = [
    '-v',
    speech.voice,
    '-s',
    String(speech.wordsPerMinute ?? 160),
    '-w',
    file,
    '--',
    speech.text,
  ];
  const { ok, output } = await runToEnd(parts.command('espeak-ng', args));
  if (!ok) throw new Error(`espeak-ng could not speak into ${file}. Its last lines:\n${output}`);
}
