import { beforeEach, expect, it, vi } from 'vitest';
import { SoundTurns } from './sound-turns.ts';

const never = new AbortController().signal;
const sound = { durationMs: 240 };
let turns: SoundTurns;
beforeEach(() => {
  turns = new SoundTurns();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it('two sounds to one party follow each other', async () => {
  const played: string[] = [];
  const play = (name: string) => async () => {
    played.push(name);
    return sound;
  };
  void turns.play('anna', never, play('first'));
  void turns.play('anna', never, play('second'));
  void turns.play('bo', never, play('elsewhere'));
  await vi.advanceTimersByTimeAsync(239);
  expect(played).toEqual(['first', 'elsewhere']);
  await vi.advanceTimersByTimeAsync(1);
  expect(played).toEqual(['first', 'elsewhere', 'second']);
});

it('a sound that fails, or is no longer wanted, does not hold up the next', async () => {
  const failed = turns.play('anna', never, () => Promise.reject(new Error('no such tag')));
  const unwanted = turns.play('anna', AbortSignal.abort('CallEnded'), async () => sound);
  const next = turns.play('anna', never, async () => sound);
  await expect(failed).rejects.toThrow('no such tag');
  await expect(unwanted).rejects.toBe('CallEnded');
  await expect(next).resolves.toBe(sound);
});
