import { type DecideInput, stillAllowed } from '@medlyssning/policy';
import type { Knowledge } from './gather.ts';
import type { Listen } from './listen.ts';

/**
 * Has the policy taken away what allowed this listen (rules.md, 5)? Users are looked up anew; what was true of the call
 * when it began stays (R4).
 */
export const revoked = (know: Knowledge, listen: Listen): boolean => {
  const { index } = know;
  const listener = index.userByName(listen.listener.company, listen.listener.name);
  const other = listen.call.otherColleague;
  const input: DecideInput = {
    now: know.now(),
    company: index.company(listen.listener.company),
    policyAgeMs: know.policyAgeMs(listen.listener.company),
    listener,
    device: listen.device,
    target: index.userByName(listen.target.company, listen.target.name),
    call: {
      ...listen.call,
      ...(other && {
        otherColleague: {
          ...other,
          user: other.user && index.userByName(other.user.company, other.user.name),
        },
      }),
    },
    line: { calls: 0, listens: 0 },
  };
  return stillAllowed(input) !== undefined;
};
