/**
 * Calls for which there was no room. What is heard of one of them later is not its beginning, so the profiles at its start
 * have to be proven (R4). Bounded: past the bound any call may be one of them.
 */
export class TurnedAway {
  readonly #callIds = new Set<string>();
  readonly #maxCalls: number;
  #lostCount = false;

  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls;
  }

  add(callId: string): void {
    if (this.#callIds.size < this.#maxCalls) this.#callIds.add(callId);
    else this.#lostCount ||= !this.#callIds.has(callId);
  }

  /** May this call have begun before? */
  mayHold(callId: string): boolean {
    return this.#lostCount || this.#callIds.has(callId);
  }

  /** @param listed the call-ids that the call engine has */
  keepListed(listed: ReadonlySet<string>): void {
    for (const callId of this.#callIds) if (!listed.has(callId)) this.#callIds.delete(callId);
  }
}
