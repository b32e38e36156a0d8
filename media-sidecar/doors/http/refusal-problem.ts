import { type AdmissionReason, reasonText } from '@medlyssning/policy';
import type { Refused } from '../../listen/ask.ts';
import type { Problem } from './problem.ts';

/** How each reason is answered over HTTP. What may pass by itself (a busy line, no call) is a conflict, not a 403. */
const statusOf: Readonly<Record<Exclude<AdmissionReason, 'Allowed'>, number>> = {
  ListenerUnknown: 403,
  ListeningDisabled: 403,
  PolicyStale: 503,
  ListenerLicenseMissing: 403,
  ListenerRightMissing: 403,
  DeviceUnknown: 403,
  DeviceNotAllowed: 403,
  TargetUnknown: 404,
  TargetIsListener: 403,
  TargetLicenseMissing: 403,
  TargetNotInCall: 409,
  ProfileAtStartUnknown: 403,
  ProfileForbids: 403,
  ListenerLineBusy: 409,
  TooManyListeners: 409,
  ToneFailed: 503,
  MediaFailed: 503,
  AuditUnavailable: 503,
  Draining: 503,
};

/** The answer to a refused attempt: the stable code, and a sentence in the company's language. */
export const refusalProblem = ({ reason, language }: Pick<Refused, 'reason' | 'language'>): Problem => {
  const code = reason === 'Allowed' ? 'MediaFailed' : reason;
  return { status: statusOf[code], reason: code, detail: reasonText(code, language) };
};
