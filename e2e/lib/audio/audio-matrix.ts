import { heardDb, toneLevels } from './hears.ts';
import type { Recording, Window } from './recording.ts';

/** Someone who speaks with a tone of its own. */
export interface Speaker {
  readonly name: string;
  readonly hz: number;
}

/** What one ear hears of one speaker. */
export interface MatrixCell {
  readonly speaker: string;
  readonly heard: boolean;
  /** Level of the speaker's tone, dB. */
  readonly db: number;
}

/** One recording against all speakers. */
export interface MatrixRow {
  readonly ear: string;
  readonly cells: readonly MatrixCell[];
}

/** Who hears whom. */
export type AudioMatrix = readonly MatrixRow[];

/** Measures every speaker's tone in every recording, within one window of time. @throws RangeError as `hears`. */
export function audioMatrix(
  speakers: readonly Speaker[],
  recordings: ReadonlyMap<string, Recording>,
  window: Window = {},
): AudioMatrix {
  const tones = speakers.map(({ hz }) => hz);
  return [...recordings].map(([ear, recording]) => {
    const levels = toneLevels(recording, { tones, ...window });
    const cells = speakers.map(({ name, hz }) => {
      const db = levels[hz] ?? Number.NEGATIVE_INFINITY;
      return { speaker: name, heard: db >= heardDb, db };
    });
    return { ear, cells };
  });
}

/** `{ karin: ['anna', 'customer'], … }`: the matrix as one compares it in a test. */
export function whoHearsWhom(matrix: AudioMatrix): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    matrix.map(({ ear, cells }) => [ear, cells.filter(({ heard }) => heard).map(({ speaker }) => speaker)]),
  );
}

/** The matrix as a table for people: an ear a line, a speaker a column, `●` and the level where it is heard. */
export function printMatrix(matrix: AudioMatrix): string {
  const speakers = matrix[0]?.cells.map(({ speaker }) => speaker) ?? [];
  const first = Math.max(5, ...matrix.map(({ ear }) => ear.length));
  const widths = speakers.map((speaker) => Math.max(8, speaker.length));
  const line = (head: string, cells: readonly string[]) =>
    [head.padEnd(first), ...cells.map((cell, n) => cell.padStart(widths[n] ?? 8))].join('  ').trimEnd();
  const rows = matrix.map(({ ear, cells }) =>
    line(
      ear,
      cells.map(({ heard, db }) => (heard ? `● ${Math.round(db)} dB` : '·')),
    ),
  );
  return [line('hears', speakers), ...rows].join('\n');
}
