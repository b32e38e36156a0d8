import { audioMatrix, whoHearsWhom } from '../audio/index.ts';
import type { Listening } from './listening.ts';
import type { Talk } from './talk.ts';

/** Someone who listens, and the tone that they make meanwhile. */
export interface Listener {
  readonly name: string;
  readonly hz: number;
  readonly listening: Pick<Listening, 'call'>;
}

/** Shorter, and tones could be told apart no longer. */
const windowMs = 400;

/** Who hears whom in a call and beside it: waits for 600 ms of audio at every ear and measures the last 400 ms. */
export async function hearing(
  talk: Talk,
  listeners: readonly Listener[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const ears = new Map([
    ['customer', talk.customer],
    [talk.name, talk.colleague],
    ...listeners.map(({ name, listening }) => [name, listening.call] as const),
  ]);
  await Promise.all([...ears.values()].map((call) => call.rtp.hear(30)));
  return whoHearsWhom(
    audioMatrix(
      [{ name: 'customer', hz: talk.customerHz }, { name: talk.name, hz: talk.colleagueHz }, ...listeners],
      new Map([...ears].map(([name, call]) => [name, call.recording])),
      { from: performance.now() - windowMs },
    ),
  );
}

/** As it must be: the parties hear each other, listeners hear both, and nobody hears a listener. */
export function listenOnly(
  talk: Pick<Talk, 'name'>,
  ...listeners: readonly string[]
): Readonly<Record<string, readonly string[]>> {
  return {
    customer: [talk.name],
    [talk.name]: ['customer'],
    ...Object.fromEntries(listeners.map((name) => [name, ['customer', talk.name]])),
  };
}
