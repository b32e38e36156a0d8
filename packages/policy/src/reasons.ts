/**
 * The stable reason codes of rules.md. The same string stands in the API, SIP `Warning`/`Reason`, audit, metrics,
 * traces and Kubernetes conditions, so a code is never renamed and never reused.
 */
export const admissionReasons = [
  'Allowed',
  'ListenerUnknown',
  'ListeningDisabled',
  'PolicyStale',
  'ListenerLicenseMissing',
  'ListenerRightMissing',
  'DeviceUnknown',
  'DeviceNotAllowed',
  'TargetUnknown',
  'TargetIsListener',
  'TargetLicenseMissing',
  'TargetNotInCall',
  'ProfileAtStartUnknown',
  'ProfileForbids',
  'ListenerLineBusy',
  'TooManyListeners',
  'ToneFailed',
  'MediaFailed',
  'AuditUnavailable',
  'Draining',
] as const;

/** Why an attempt to listen was admitted or refused. */
export type AdmissionReason = (typeof admissionReasons)[number];

export const endReasons = [
  'ListenerHungUp',
  'CallEnded',
  'TargetLeft',
  'Revoked',
  'Stopped',
  'Draining',
  'MediaFailed',
  'NodeEnded',
] as const;

/** Why a listen that had begun came to its end. */
export type EndReason = (typeof endReasons)[number];
