import { NgError } from 'rtpengine-ng-client';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { CallEngine } from '../engines/call-engine.ts';
import { describeCall } from '../observe/query-to-call.ts';
import { engineDenies } from './engine-denies.ts';
import { ListenFailed } from './failed.ts';
import type { Listen } from './listen.ts';

export interface PartiesNowParts {
  readonly callEngine: Pick<CallEngine, 'query'>;
  readonly directory: PartyDirectory;
  readonly now: () => number;
}

/**
 * Who talks in the call, asked of the engine itself: the book may be a moment behind.
 * @returns their tags, the target's first
 * Throws {@link ListenFailed}.
 */
export const partiesNow = async (
  { callEngine, directory, now }: PartiesNowParts,
  listen: Listen,
): Promise<readonly string[]> => {
  const answer = await callEngine.query({ callId: listen.callId }).catch((error) => {
    const gone = error instanceof NgError && error.reason === 'EngineRefused';
    throw new ListenFailed(
      gone ? 'TargetNotInCall' : 'MediaFailed',
      'the call could not be looked up',
      error,
    );
  });
  const description = describeCall(answer);
  const target = description.legs.find((leg) => leg.tag === listen.targetTag && leg.present);
  if (!target || target.talksWith.length === 0) {
    throw new ListenFailed('TargetNotInCall', 'the call engine no longer has the target in this call');
  }
  if (engineDenies(listen.target, { description, tag: target.tag }, directory, now())) {
    throw new ListenFailed('TargetNotInCall', 'the call engine names someone else than the mirror did');
  }
  return [target.tag, ...target.talksWith];
};
