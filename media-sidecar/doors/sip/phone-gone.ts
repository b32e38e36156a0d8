import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from 'sip.js/lib/core/index.js';

/** So many times in a row the phone may not be reached: a PBX that is restarted must not end listens. */
const maxMisses = 3;
/** Nobody was there to answer. 477 is Kamailio's, for a connection that cannot be had; 408 and 503 are also SIP.js's own. */
const unreached: ReadonlySet<number> = new Set([404, 408, 410, 477, 480, 500, 502, 503, 504]);
/** The phone, or the PBX for it, no longer knows of the call (RFC 3261 §12.2.1.2). */
const unknownDialog = 481;

/** What is asked of the dialog. */
type Dialog = Pick<Session, 'info' | 'sessionState' | 'signalingState'>;

/** An INFO without a body: it changes nothing, and who does not know it says so, which is an answer too (RFC 6086 §4.2.2). */
const ask = (session: Dialog): Promise<number> =>
  new Promise((resolve) => {
    const settle = ({ message }: { readonly message: { readonly statusCode: number | undefined } }) =>
      resolve(message.statusCode ?? 0);
    session.info({ onAccept: settle, onRedirect: settle, onReject: settle });
  });

/**
 * Asks a phone now and then, within its call, whether it is still there: one that lost its network says no BYE, and may
 * never have sent audio by which it could be missed. Resolves when it is gone, or when `over` is aborted.
 */
export const phoneGone = async (
  session: Dialog,
  over: AbortSignal,
  /** How long after an answer the phone is asked again, ms. */
  pauseMs = 5_000,
): Promise<void> => {
  let misses = 0;
  while (misses < maxMisses) {
    await delay(pauseMs, undefined, { signal: over, ref: false }).catch(() => {});
    if (over.aborted || session.signalingState === 'Closed') return;
    if (session.sessionState === 'AckWait') continue;
    const status = await ask(session);
    if (status === unknownDialog) return;
    misses = unreached.has(status) ? misses + 1 : 0;
  }
};
