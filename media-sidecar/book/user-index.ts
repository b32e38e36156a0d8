import type { Party } from './call.ts';

/** Which users are in which calls. */
export class UserIndex {
  readonly #calls = new Map<string, Set<string>>();

  callsOf(company: string, user: string): readonly string[] {
    return [...(this.#calls.get(keyOf(company, user)) ?? [])];
  }

  replace(callId: string, before: readonly Party[], after: readonly Party[]): void {
    for (const { user } of before) if (user) this.#remove(keyOf(user.company, user.name), callId);
    for (const { user } of after) if (user) this.#add(keyOf(user.company, user.name), callId);
  }

  #add(key: string, callId: string): void {
    const calls = this.#calls.get(key);
    if (calls) calls.add(callId);
    else this.#calls.set(key, new Set([callId]));
  }

  #remove(key: string, callId: string): void {
    const calls = this.#calls.get(key);
    calls?.delete(callId);
    if (calls?.size === 0) this.#calls.delete(key);
  }
}

/** Kubernetes names hold no space. */
const keyOf = (company: string, user: string): string => `${company} ${user}`;
