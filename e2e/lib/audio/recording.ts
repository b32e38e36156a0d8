/** Samples a second everywhere here: G.711's rate. */
export const sampleRate = 8000;

/** What one party heard (or a source plays): PCM16, mono, 8 kHz. */
export interface Recording {
  /** When the first sample was heard, ms, on the clock of `performance.now()`; 0 for audio made by hand. */
  readonly startedAt: number;
  readonly samples: Int16Array;
}

/** A stretch of time on the clock of `performance.now()`; an open end reaches to the recording's. */
export interface Window {
  readonly from?: number;
  readonly to?: number;
}

/** The samples inside a window; shorter when the recording is. */
export function samplesIn(recording: Recording, { from, to }: Window = {}): Int16Array {
  const index = (time: number) => Math.max(0, Math.round(((time - recording.startedAt) * sampleRate) / 1000));
  return recording.samples.subarray(
    from === undefined ? 0 : index(from),
    to === undefined ? recording.samples.length : index(to),
  );
}
