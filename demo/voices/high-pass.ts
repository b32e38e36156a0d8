import { sampleRate } from '@medlyssning/e2e/lib/audio/index.ts';

/**
 * Takes away what lies under `hz` (the pilots, from a picture of the voices): a Butterworth filter of the second order, run
 * twice, 24 dB an octave. After R. Bristow-Johnson's Audio EQ Cookbook.
 */
export function highPass(samples: Int16Array, hz: number): Int16Array {
  return onePass(onePass(samples, hz), hz);
}

function onePass(samples: Int16Array, hz: number): Int16Array {
  const w = (2 * Math.PI * hz) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const cos = Math.cos(w);
  const scale = 1 + alpha;
  const [b0, b1] = [(1 + cos) / 2 / scale, -(1 + cos) / scale];
  const [a1, a2] = [(-2 * cos) / scale, (1 - alpha) / scale];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b0 * (x + x2) + b1 * x1 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return Math.max(-32768, Math.min(32767, Math.round(y)));
  });
}
