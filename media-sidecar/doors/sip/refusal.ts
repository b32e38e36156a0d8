import { type AdmissionReason, reasonText } from '@medlyssning/policy';
import { header } from '@medlyssning/sip-tcp';
import type { ResponseOptions } from 'sip.js/lib/core/index.js';
import { type RefusalKind, refusalKind } from '../../listen/refusal-kind.ts';

/** How each kind of refusal is answered in SIP. What may pass by itself (a busy line, no call) is not a 403. */
const statusOf: Readonly<Record<RefusalKind, number>> = {
  forbidden: 403,
  unknown: 404,
  noCall: 480,
  busy: 486,
  unavailable: 503,
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
  answer(reason === 'Allowed' ? 503 : statusOf[refusalKind[reason]], reason, reasonText(reason, language));

/** The SIP answer to an offer that is not one audio stream. */
export const notAcceptable = (): ResponseOptions =>
  answer(488, 'MediaFailed', 'offer exactly one audio stream in the INVITE');
