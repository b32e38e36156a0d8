/** How long a call that the call engine lists no more is remembered: a failed INVITE is offered anew within that time, ms. */
export const rememberMs = 60_000;

/**
 * Forgets the calls that have not been listed for a while.
 *
 * @param listed the call-ids that the call engine has
 * @param at when they were listed, ms since the epoch
 */
export function forgetUnlisted<Remembered extends { lastListed: number }>(
  calls: Map<string, Remembered>,
  listed: ReadonlySet<string>,
  at: number,
): void {
  for (const [callId, call] of calls) {
    if (listed.has(callId)) call.lastListed = at;
    else if (at - call.lastListed > rememberMs) calls.delete(callId);
  }
}
