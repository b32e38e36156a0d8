/** Rows that subscribers saw, in columns: what collects a million of them must not be late for cleaning up. */
export interface Seen {
  readonly subscriber: Uint16Array;
  /** The number in the name of the colleague. */
  readonly agent: Uint16Array;
  /** 1: in a call. */
  readonly inCall: Uint8Array;
  /** ms since the epoch. */
  readonly at: Float64Array;
}

const most = 4_000_000;

/** Collects rows. @throws RangeError past four million */
export class SeenRows {
  readonly #subscriber = new Uint16Array(most);
  readonly #agent = new Uint16Array(most);
  readonly #inCall = new Uint8Array(most);
  readonly #at = new Float64Array(most);
  #count = 0;

  add(subscriber: number, agent: number, inCall: boolean, at: number): void {
    const n = this.#count;
    if (n >= most) throw new RangeError(`More than ${most} rows came; measure for fewer seconds.`);
    this.#subscriber[n] = subscriber;
    this.#agent[n] = agent;
    this.#inCall[n] = inCall ? 1 : 0;
    this.#at[n] = at;
    this.#count = n + 1;
  }

  clear(): void {
    this.#count = 0;
  }

  seen(): Seen {
    return {
      subscriber: this.#subscriber.slice(0, this.#count),
      agent: this.#agent.slice(0, this.#count),
      inCall: this.#inCall.slice(0, this.#count),
      at: this.#at.slice(0, this.#count),
    };
  }
}
