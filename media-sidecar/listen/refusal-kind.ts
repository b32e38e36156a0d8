import type { AdmissionReason } from '@medlyssning/policy';

/** What a refusal comes to for whoever asked: not for you, nobody of that name, not now, not here. */
export type RefusalKind = 'forbidden' | 'unknown' | 'noCall' | 'busy' | 'unavailable';

/** The kind of each reason; each door has a status of its own for it. */
export const refusalKind: Readonly<Record<Exclude<AdmissionReason, 'Allowed'>, RefusalKind>> = {
  ListenerUnknown: 'forbidden',
  ListeningDisabled: 'forbidden',
  PolicyStale: 'unavailable',
  ListenerLicenseMissing: 'forbidden',
  ListenerRightMissing: 'forbidden',
  DeviceUnknown: 'forbidden',
  DeviceNotAllowed: 'forbidden',
  TargetUnknown: 'unknown',
  TargetIsListener: 'forbidden',
  TargetLicenseMissing: 'forbidden',
  TargetNotInCall: 'noCall',
  ProfileAtStartUnknown: 'forbidden',
  ProfileForbids: 'forbidden',
  ListenerLineBusy: 'busy',
  TooManyListeners: 'busy',
  ToneFailed: 'unavailable',
  MediaFailed: 'unavailable',
  AuditUnavailable: 'unavailable',
  Draining: 'unavailable',
};
