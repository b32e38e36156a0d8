import type { Call } from '@medlyssning/e2e/lib/phone/index.ts';
import type { AudibleId, PersonId } from '../cast/cast.ts';
import { refusalOf } from './refusal-of.ts';
import type { ShowClock } from './show-clock.ts';
import { ShowFailed, within } from './within.ts';

/** One who dials the feature code. */
export interface Attempt {
  readonly who: PersonId;
  /** "her desk phone" */
  readonly device: string;
  readonly dialled: string;
  readonly whom: AudibleId;
  readonly dial: () => Promise<Call>;
}

/** Dials, and tells what came of it. Resolves with the call once audio comes, or undefined when refused. */
export async function askToListen(clock: ShowClock, attempt: Attempt): Promise<Call | undefined> {
  const { who, device, dialled, whom } = attempt;
  clock.happened({ kind: 'dials', who, device, dialled });
  const call = await attempt.dial();
  const answered = call.answered.then(
    () => true,
    () => false,
  );
  if (!(await within(5000, `An answer to ${dialled}`, answered))) {
    const end = await call.ended;
    clock.happened({ kind: 'refused', who, ...refusalOf(end) }, end.at);
    return undefined;
  }
  if (call.rtp.received.length === 0) await within(2000, 'The first audio', call.rtp.hear());
  const first = call.rtp.received[0]?.arrivedAt ?? performance.now();
  clock.happened({ kind: 'hears', who, whom, firstAudioMs: Math.round(first - call.times.invited) }, first);
  return call;
}

/** As `askToListen`, for those who must be admitted. @throws ShowFailed when refused */
export async function listen(clock: ShowClock, attempt: Attempt): Promise<Call> {
  const call = await askToListen(clock, attempt);
  if (call !== undefined) return call;
  throw new ShowFailed(
    `${attempt.dialled} was to be allowed, but was refused; see the last line of the timeline.`,
  );
}
