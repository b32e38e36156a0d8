import {
  levelBars,
  type Recording,
  sampleRate,
  samplesIn,
  type Window,
} from '@medlyssning/e2e/lib/audio/index.ts';
import { highPass } from '../voices/high-pass.ts';
import { width } from './wrap.ts';

/** One person's row. */
export interface PictureRow {
  readonly name: string;
  readonly heard: Recording;
  /** When the sound was played to this person, on the recording's clock. */
  readonly sounds?: readonly number[];
}

const nameWidth = 16;
const columns = width - nameWidth;
/** Above the pilots, below the voices. */
const voicesFromHz = 220;

/** What each person heard over time, as bars on one axis: a blank is silence, `♪` the sound. */
export function picture(rows: readonly PictureRow[], span: Required<Window>): readonly string[] {
  return [
    `${' '.repeat(nameWidth)}${axis(span)}`,
    ...rows.flatMap((row) => [
      `${row.name.padEnd(nameWidth)}${bars(row.heard, span)}`.trimEnd(),
      ...notes(row, span),
    ]),
  ];
}

function bars(heard: Recording, { from, to }: Required<Window>): string {
  const samples = new Int16Array(Math.ceil(((to - from) * sampleRate) / 1000));
  const within = samplesIn(heard, { from, to });
  const before = Math.max(0, Math.round(((heard.startedAt - from) * sampleRate) / 1000));
  samples.set(highPass(within, voicesFromHz).subarray(0, Math.max(0, samples.length - before)), before);
  return levelBars({ startedAt: from, samples }, columns);
}

function notes({ sounds = [] }: PictureRow, { from, to }: Required<Window>): readonly string[] {
  if (sounds.length === 0) return [];
  const at = new Set(sounds.map((time) => Math.floor(((time - from) / (to - from)) * columns)));
  const line = Array.from({ length: columns }, (_, column) => (at.has(column) ? '♪' : ' ')).join('');
  return [`${'  the sound'.padEnd(nameWidth)}${line}`.trimEnd()];
}

/** `0 s       1         2 …`: as many labels as have room. */
function axis({ from, to }: Required<Window>): string {
  const seconds = (to - from) / 1000;
  const step = [1, 2, 5, 10, 30, 60].find((size) => (columns * size) / seconds >= 6) ?? 300;
  const labels = Array.from({ length: Math.ceil(seconds / step) }, (_, n) => n * step);
  return labels
    .reduce((line, second) => {
      const column = Math.floor((second / seconds) * columns);
      return `${line.padEnd(column)}${second} s`;
    }, '')
    .slice(0, columns);
}
