import { type AdmissionReason, reasonText } from '@medlyssning/policy';
import { header } from '@medlyssning/sip-tcp';
import type { ResponseOptions } from 'sip.js/lib/core/index.js';

/** How each reason is answered in SIP. What may pass by itself (a busy line, no call) is not a 403. */
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
  TargetNotInCall: 480,
  ProfileAtStartUnknown: 403,
  ProfileForbids: 403,
  ListenerLineBusy: 486,
  TooManyListeners: 486,
  ToneFailed: 503,
  MediaFailed: 503,
  AuditUnavailable: 503,
  Draining: 503,
};

const phrases: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  488: 'Not Acceptable Here',
  503: 'Service Unavailable',
};

/** Seconds after which a PBX may try a draining or faulty node again. */
const retryAfterSeconds = 5;

const answer = (statusCode: number, code: string, text: string): ResponseOptions => ({
  statusCode,
  reasonPhrase: phrases[statusCode] ?? 'Refused',
  extraHeaders: [
    // 399: miscellaneous persistent warning, shown to the user (RFC 3261 §20.43)
    header('Warning', `399 medlyssning "${code}: ${text}"`),
    header('Reason', `SIP;cause=${statusCode};text="${code}"`),
    ...(statusCode === 503 ? [header('Retry-After', String(retryAfterSeconds))] : []),
  ],
});

/** The SIP answer to a refused attempt: the stable code, and a sentence in the company's language. */
export const refusal = (reason: AdmissionReason, language: 'sv' | 'en'): ResponseOptions =>
  answer(reason === 'Allowed' ? 503 : statusOf[reason], reason, reasonText(reason, language));

/** The SIP answer to an offer that is not one audio stream. */
export const notAcceptable = (): ResponseOptions =>
  answer(488, 'MediaFailed', 'offer exactly one audio stream in the INVITE');
