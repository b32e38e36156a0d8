import type { AdmissionReason, EndReason } from '@medlyssning/policy';

/**
 * A listen that was ended before it was up is answered with the reason that would have refused it.
 * @param cause the rule that was taken away, of one that was revoked
 */
export const reasonOfEnd = (reason: EndReason, cause: AdmissionReason | undefined): AdmissionReason => {
  switch (reason) {
    case 'CallEnded':
    case 'TargetLeft':
      return 'TargetNotInCall';
    case 'Draining':
      return 'Draining';
    case 'Revoked':
      return cause ?? 'MediaFailed';
    default:
      return 'MediaFailed';
  }
};
