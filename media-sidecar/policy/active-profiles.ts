import type { PolicyIndex, UserRow } from '@medlyssning/policy';

/** A profile and since when it is the active one, ms since the epoch. */
export interface ActiveProfile {
  readonly name: string;
  readonly since: number;
}

/** More switches than any PBX makes before the operator has compiled them; the oldest are forgotten then. */
const maxPending = 50_000;

const keyOf = ({ company, name }: Pick<UserRow, 'company' | 'name'>): string => `${company}/${name}`;

/**
 * The profiles that the PBX switched through this node, until the policy says them too: a call that starts in the next
 * millisecond has the new one (R4). Of two words on a user the one with the later `since` counts.
 */
export class ActiveProfiles {
  readonly #pending = new Map<string, ActiveProfile>();

  /** Which profile the user has now, by the policy and what was switched since. */
  of(row: UserRow): ActiveProfile {
    const pending = this.#pending.get(keyOf(row));
    const { activeProfile } = row;
    return pending && pending.since > activeProfile.since ? pending : activeProfile;
  }

  /** Takes effect at once, unless a later switch is known. */
  switch(row: UserRow, profile: ActiveProfile): void {
    if (this.of(row).since >= profile.since) return;
    const key = keyOf(row);
    this.#pending.delete(key);
    this.#pending.set(key, profile);
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > maxPending && oldest !== undefined) this.#pending.delete(oldest);
  }

  /** Forgets what the policy has come to say itself, and who is gone. */
  settle(index: PolicyIndex): void {
    for (const [key, { since }] of this.#pending) {
      const user = key.lastIndexOf('/');
      const row = index.userByName(key.slice(0, user), key.slice(user + 1));
      if (!row || row.activeProfile.since >= since) this.#pending.delete(key);
    }
  }
}
