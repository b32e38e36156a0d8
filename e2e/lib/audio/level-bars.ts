import { loudness } from './goertzel.ts';
import type { Recording } from './recording.ts';

const bars = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** Level of the lowest and of the highest bar, dB. */
const [quiet, loud] = [-50, -6];

/** The loudness over time as a line of bars, `columns` wide: `▁▁▅▅▇▇▁`. A blank is silence. */
export function levelBars(recording: Recording, columns: number): string {
  const { samples } = recording;
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * samples.length) / columns);
    const to = Math.floor(((column + 1) * samples.length) / columns);
    return levelBar(loudness(samples.subarray(from, to)));
  }).join('');
}

/** One bar for one level in dB. */
export function levelBar(db: number): string {
  const height = Math.ceil(((db - quiet) / (loud - quiet)) * (bars.length - 1));
  return bars[Math.min(bars.length - 1, Math.max(0, height))] ?? ' ';
}
