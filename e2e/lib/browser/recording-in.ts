import type { Page } from 'playwright-core';
import { type Recording, sampleRate } from '../audio/index.ts';

interface Heard {
  readonly startedAt: number | undefined;
  readonly samples: readonly number[];
  readonly before: number;
}

/** The last two seconds that a page with heard.js heard; empty before the first of it. */
export const recordingIn = async (page: Page): Promise<Recording> => {
  const { startedAt, samples, before } = await page.evaluate<Heard>('heard.recording()');
  const beganAt = (startedAt ?? 0) + (1000 * before) / sampleRate - performance.timeOrigin;
  return { startedAt: beganAt, samples: Int16Array.from(samples) };
};
