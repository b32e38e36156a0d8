import type { Clock } from '../clock.ts';

/** This process does not lead, or can no longer be sure that it does. Whatever was to be written is the next leader's to write. */
export class NotLeading extends Error {
  override readonly name = 'NotLeading';
  readonly reason = 'NotLeading';

  constructor(message: string) {
    super(`${message} Nothing was written; the one who leads now will do it.`);
  }
}

/** What a leader holds for as long as it leads. */
export interface Leadership {
  /** Aborts when the work is to end: the process is being stopped, or it may no longer lead. */
  readonly signal: AbortSignal;
  /** Aborts when nothing more may be written, also nothing that is under way. */
  readonly lost: AbortSignal;
  /** To be called right before each write. Throws NotLeading, also when a stalled process has not noticed yet that its time is over. */
  readonly assertLeading: () => void;
}

/** A leadership that is over at its deadline unless renewed before. Once lost it does not come back. */
export class Tenure implements Leadership {
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #lost = new AbortController();
  #deadline: number;
  #cancelTimer: () => void = () => {};

  constructor(clock: Clock, deadline: number) {
    this.#clock = clock;
    this.#deadline = deadline;
    this.#arm();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  readonly assertLeading = (): void => {
    if (this.#clock.now() >= this.#deadline) this.#expire();
    this.#lost.signal.throwIfAborted();
  };

  /** The Lease was renewed; it is sure until `deadline`, ms of the clock. */
  renewed(deadline: number): void {
    if (this.#lost.signal.aborted || deadline <= this.#deadline) return;
    if (this.#clock.now() >= this.#deadline) this.#expire();
    else {
      this.#deadline = deadline;
      this.#arm();
    }
  }

  /** Asks the work to end. What it still writes on its way out is allowed until the deadline. */
  resign(): void {
    this.#stop.abort(new NotLeading('The leader is being stopped.'));
  }

  /** Ends it. `why` is a sentence. */
  lose(why: string): void {
    this.#cancelTimer();
    const reason = new NotLeading(why);
    this.#lost.abort(reason);
    this.#stop.abort(reason);
  }

  #arm(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(this.#deadline - this.#clock.now(), () => this.#expire());
  }

  #expire(): void {
    this.lose('The Lease could not be renewed in time.');
  }
}
