import { header } from '@medlyssning/sip-tcp';

/** What the door knows, as RFC 3261 wants it in a 405 (§8.2.1), a 200 to OPTIONS (§11.2) and a 2xx to INVITE (§13.3.1.4). */
export const allow = header('Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS');

/** Answers a request that the door has no use for. */
export const notAllowed = (request: {
  reject(answer: { statusCode: number; extraHeaders: string[] }): unknown;
}): void => void request.reject({ statusCode: 405, extraHeaders: [allow] });
