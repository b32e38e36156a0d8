export {
  type AudioMatrix,
  audioMatrix,
  type MatrixCell,
  type MatrixRow,
  printMatrix,
  type Speaker,
  whoHearsWhom,
} from './audio-matrix.ts';
export { goertzel, loudness, silenceDb } from './goertzel.ts';
export { heardDb, hears, type Listening, toneLevels, toneTrack } from './hears.ts';
export { levelBar, levelBars } from './level-bars.ts';
export { type Recording, sampleRate, samplesIn, type Window } from './recording.ts';
export { defaultToneDb, mixed, sine } from './synthesis.ts';
export { partyTone, partyTones } from './tones.ts';
export { readWav, WavError, writeWav } from './wav.ts';
