import type { EndedListen, Listen } from '../sidecar/views.ts';

/** Something about a listen that somebody who follows has not been told. */
export interface ListenChange {
  /** RFC 3339. */
  readonly at: string;
  readonly event: 'starting' | 'listening' | 'ended';
  readonly listen: Pick<Listen, 'id' | 'listener' | 'target'> & Partial<Pick<Listen, 'device'>>;
  /** Why it ended; `undefined` where that was not told: the sidecar was not to be reached then. */
  readonly reason?: string;
}

/** What is told of the listens of a sidecar, made into changes that are told once. */
export class LiveListens {
  readonly #known = new Map<string, Listen>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** All there are now: what is new of them, and those that are gone without a word. */
  all(listens: readonly Listen[]): readonly ListenChange[] {
    const ids = new Set(listens.map(({ id }) => id));
    const gone = [...this.#known.values()].filter(({ id }) => !ids.has(id));
    for (const { id } of gone) this.#known.delete(id);
    const ended = gone.map((listen): ListenChange => ({ at: this.#at(), event: 'ended', listen }));
    return [...ended, ...listens.flatMap((listen) => this.one(listen))];
  }

  /** One as it is now, or its end. */
  one(told: Listen | EndedListen): readonly ListenChange[] {
    const before = this.#known.get(told.id);
    if (told.state === 'ended') {
      this.#known.delete(told.id);
      const { id, listener, target, reason, at } = told;
      return [{ at, event: 'ended', listen: { device: null, ...before, id, listener, target }, reason }];
    }
    this.#known.set(told.id, told);
    if (before?.state === told.state) return [];
    return [{ at: told.since ?? this.#at(), event: told.state, listen: told }];
  }

  #at(): string {
    return this.#now().toISOString();
  }
}
