import { type AdmissionReason, type DecideInput, stillAllowed } from '@medlyssning/policy';
import { type Knowledge, otherColleague } from './gather.ts';
import type { Listen } from './listen.ts';

/**
 * Why the policy in force no longer allows this listen, `undefined` while it does (rules.md, 5). Users are looked up
 * anew, and so is who else is in the call; the target's profile stays what it was when the call began (R4).
 */
export const revoked = (know: Knowledge, listen: Listen): AdmissionReason | undefined => {
  const { index, book } = know;
  const call = book.call(listen.callId);
  const party = call?.parties.find(({ tag }) => tag === listen.targetTag);
  const { otherColleague: _, ...targetCall } = listen.call;
  const other = call && party && otherColleague(index, { call, party });
  const input: DecideInput = {
    now: know.now(),
    company: index.company(listen.listener.company),
    policyAgeMs: know.policyAgeMs(listen.listener.company),
    listener: index.userByName(listen.listener.company, listen.listener.name),
    device: listen.device,
    target: index.userByName(listen.target.company, listen.target.name),
    call: { ...targetCall, ...(other && { otherColleague: other }) },
    line: { calls: 0, listens: 0 },
  };
  return stillAllowed(input);
};
