import {
  type AudioMatrix,
  audioMatrix,
  heardDb,
  type Recording,
  type Speaker,
  type Window,
} from '@medlyssning/e2e/lib/audio/index.ts';

/** Long enough to tell pilots 11 Hz apart. */
const stepMs = 500;

/**
 * Who hears whom, each cell the median over half seconds. A mixer on a busy machine leaves out or repeats a packet now and
 * then; a tone measured over seconds then cancels part of itself, its median over short stretches does not.
 * @throws RangeError when the window holds less than half a second
 */
export function steadyMatrix(
  speakers: readonly Speaker[],
  recordings: ReadonlyMap<string, Recording>,
  { from, to }: Required<Window>,
): AudioMatrix {
  const steps = Math.floor((to - from) / stepMs);
  if (steps < 1) throw new RangeError(`The window is ${to - from} ms long; give it ${stepMs} or more.`);
  const matrices = Array.from({ length: steps }, (_, n) =>
    audioMatrix(speakers, recordings, { from: from + n * stepMs, to: from + (n + 1) * stepMs }),
  );
  return [...recordings.keys()].map((ear, row) => ({
    ear,
    cells: speakers.map(({ name }, column) => {
      const db = median(matrices.flatMap((matrix) => matrix[row]?.cells[column]?.db ?? []));
      return { speaker: name, heard: db >= heardDb, db };
    }),
  }));
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NEGATIVE_INFINITY;
}
