/**
 * A tone for each of up to 40 parties, Hz. Found by search so that in an 8 kHz channel
 *  - any two are 9 Hz or more apart: windows of 0.25 s tell them apart;
 *  - 2f, 3f and 5f of each, and a ± b and 2a ± b of each pair, folded at 4 kHz, stay 3 Hz or more from every tone:
 *    what G.711 and clipping add is never taken for a party, in windows of 1 s.
 * Ordered so that the first few are far apart: 200 ms do for a handful of parties.
 */
export const partyTones: readonly number[] = [
  624, 2685, 1299, 309, 417, 2118, 1029, 543, 2361, 1146, 381, 336, 579, 1380, 2505, 660, 1065, 1110, 2586,
  327, 2442, 390, 408, 1272, 1353, 552, 570, 633, 2550, 651, 2469, 1038, 1056, 1119, 1137, 1281, 1308, 1362,
  2478, 2559,
];

/** The tone of the n-th party, counted from 0. @throws RangeError past the 40th. */
export function partyTone(index: number): number {
  const hz = partyTones[index];
  if (hz === undefined)
    throw new RangeError(`There are tones for ${partyTones.length} parties, not for number ${index}.`);
  return hz;
}
