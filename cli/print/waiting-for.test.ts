import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitingFor } from './waiting-for.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const waited = async (isTTY: boolean, ms: number): Promise<string> => {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const work = new Promise((resolve) => setTimeout(resolve, ms));
  const done = waitingFor({ stderr }, 'asking media-1', work);
  await vi.advanceTimersByTimeAsync(ms);
  await done;
  return String(stderr.read() ?? '');
};

it('says what is waited for once that takes longer than 2 s, and takes it away', async () => {
  expect(await waited(true, 1_900)).toBe('');
  expect(await waited(true, 2_100)).toBe('… asking media-1\r\u001b[K');
});

it('says nothing where nobody looks', async () => {
  expect(await waited(false, 9_000)).toBe('');
});
