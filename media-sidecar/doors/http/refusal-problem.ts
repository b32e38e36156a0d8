import { reasonText } from '@medlyssning/policy';
import type { Refused } from '../../listen/ask.ts';
import { type RefusalKind, refusalKind } from '../../listen/refusal-kind.ts';
import type { Problem } from './problem.ts';

/** How each kind of refusal is answered over HTTP. What may pass by itself (a busy line, no call) is a conflict, not a 403. */
const statusOf: Readonly<Record<RefusalKind, number>> = {
  forbidden: 403,
  unknown: 404,
  noCall: 409,
  busy: 409,
  unavailable: 503,
};

/** The answer to a refused attempt: the stable code, and a sentence in the company's language. */
export const refusalProblem = ({ reason, language }: Pick<Refused, 'reason' | 'language'>): Problem => {
  const code = reason === 'Allowed' ? 'MediaFailed' : reason;
  return { status: statusOf[refusalKind[code]], reason: code, detail: reasonText(code, language) };
};
