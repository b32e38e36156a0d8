/** A sound that plays. */
export interface Sound {
  readonly durationMs: number;
}

/**
 * Lets the sounds to one party follow each other. Measured on 26.0.1: a second `play media` to a leg cuts the first
 * short, so of two who ask within a quarter of a second only one would be heard; but each has a sound (R6, R7).
 */
export class SoundTurns {
  /** By party: resolves when the last sound asked for is over. */
  readonly #last = new Map<string, Promise<void>>();

  /** Plays once those before it are over. Settles as `play` does, or with the signal's reason where aborted by then. */
  async play(party: string, signal: AbortSignal, play: () => Promise<Sound>): Promise<Sound> {
    const before = this.#last.get(party);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last.set(party, promise);
    const over = () => {
      resolve();
      if (this.#last.get(party) === promise) this.#last.delete(party);
    };
    try {
      await before;
      signal.throwIfAborted();
      const sound = await play();
      setTimeout(over, sound.durationMs).unref();
      return sound;
    } catch (error) {
      over();
      throw error;
    }
  }
}
