import type { AdmissionReason } from '@medlyssning/policy';
import type { EventStream, ListenEvent } from '../events/event-stream.ts';
import type { Refused } from './ask.ts';
import type { DecidedAttempt } from './decide-attempt.ts';
import type { Knowledge } from './gather.ts';

/** Tells who follows the events of a refusal, and gives what the one who asked is answered. */
export const tellRefusal = (
  { events, know }: { readonly events: EventStream<ListenEvent>; readonly know: Knowledge },
  { id, asked, language, verdict }: DecidedAttempt,
  reason: AdmissionReason,
): Refused => {
  events.emit({ kind: 'refused', at: know.now(), id, reason, asked });
  return { kind: 'refused', reason, language, verdict };
};
