import type { Page } from 'playwright-core';
import { type Recording, sampleRate } from '../audio/index.ts';

interface Heard {
  readonly startedAt: number | undefined;
  readonly samples: readonly number[];
  readonly before: number;
}

/** The last two seconds that the n-th connection of a page with heard.js brought, or its latest; empty before the first of it. */
export const recordingIn = async (page: Page, n?: number): Promise<Recording> => {
  const { startedAt, samples, before } = await page.evaluate<Heard>(`heard.recording(${n ?? ''})`);
  const beganAt = (startedAt ?? 0) + (1000 * before) / sampleRate - performance.timeOrigin;
  return { startedAt: beganAt, samples: Int16Array.from(samples) };
};
