import type { LineClaim, LineRegistry, Person } from './line-registry.ts';

const keyOf = (person: Person) => `${person.company}/${person.name}`;

const add = (counts: Map<string, number>, key: string, by: 1 | -1): void => {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
};

/** The registry of a single media node. */
export class MemoryLineRegistry implements LineRegistry {
  readonly #byPerson = new Map<string, number>();
  readonly #byCall = new Map<string, number>();

  listensOf(person: Person): number {
    return this.#byPerson.get(keyOf(person)) ?? 0;
  }

  listenersOn(callId: string): number {
    return this.#byCall.get(callId) ?? 0;
  }

  claim(person: Person, callId: string): LineClaim {
    add(this.#byPerson, keyOf(person), 1);
    add(this.#byCall, callId, 1);
    let held = true;
    return {
      release: () => {
        if (!held) return;
        held = false;
        add(this.#byPerson, keyOf(person), -1);
        add(this.#byCall, callId, -1);
      },
    };
  }
}
