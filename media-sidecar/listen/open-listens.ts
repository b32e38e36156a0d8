import type { Listen } from './listen.ts';

/** The listens of this node, each from its admission until all of it is taken down. */
export class OpenListens {
  readonly #listens = new Map<string, Listen>();
  #draining = false;

  /** Listens up or being set up. */
  get live(): readonly Listen[] {
    return [...this.#listens.values()].filter(({ state }) => state !== 'ended');
  }

  /** Is this one of ours whose record is not closed yet? */
  has(id: string): boolean {
    return this.#listens.has(id);
  }

  /** No new ones are let in. */
  get draining(): boolean {
    return this.#draining;
  }

  add(listen: Listen): void {
    this.#listens.set(listen.id, listen);
  }

  /** To be called once its media, its line and its record are closed. */
  close(listen: Listen): void {
    this.#listens.delete(listen.id);
    listen.markClosed();
  }

  /** Lets no new ones in from now on, ends those that are up, and resolves when they are down. */
  async drain(): Promise<void> {
    this.#draining = true;
    // those included that have ended and are still being taken down
    const all = [...this.#listens.values()];
    for (const listen of all) listen.end('Draining');
    await Promise.all(all.map((listen) => listen.closed));
  }
}
