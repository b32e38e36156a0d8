export interface RoundsOptions {
  /** Must not reject. */
  readonly run: () => Promise<void>;
  /** How long to wait after a round, ms; asked after each. */
  readonly pauseMs: () => number;
}

/** Runs one round after the other, never two at once, with a pause between that can be cut short. */
export class Rounds {
  readonly #options: RoundsOptions;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #again = false;
  #stopped = false;

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** Resolves after the first round. */
  start(): Promise<void> {
    return this.#round();
  }

  /** The next round now; if one is running, right after it. */
  hurry(): void {
    if (this.#running) this.#again = true;
    else if (this.#timer) void this.#round();
  }

  /** Resolves after a round that began after this was asked. */
  next(): Promise<void> {
    const run = async () => {
      await this.#running;
      this.#next = undefined;
      if (!this.#stopped) await this.#round();
    };
    this.#next ??= run();
    return this.#next;
  }

  /** No more rounds; resolves when the running one has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
    this.#running = this.#options.run();
    await this.#running;
    this.#running = undefined;
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#round(), this.#again ? 0 : this.#options.pauseMs());
  }
}
