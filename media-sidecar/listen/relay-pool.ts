import { randomUUID } from 'node:crypto';
import type { Mix, Relay } from './mix.ts';
import { closeRelay, openRelay, type RelayEngines, type UndoFailed } from './relays.ts';

class SharedMix implements Mix {
  readonly id = `mix-${randomUUID()}`;
  readonly callId: string;
  readonly relays = new Map<string, Relay>();
  /** Leases held, those still waiting for the relays included. */
  leases = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(callId: string) {
    this.callId = callId;
  }

  /** One change of the relays after the other: a party may join and leave while a listener comes. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#last.then(change);
    this.#last = result.catch(() => {});
    return result;
  }
}

/** A share in the relays of one call; the relays go when the last share is released. */
export interface RelayLease {
  readonly mix: Mix;
  /** Gives the share back, once however often it is called. */
  release(): Promise<void>;
}

/**
 * The one-way relays between the engines: one per party of a call that is listened to, shared by all its listeners,
 * taken down with the last of them.
 */
export class RelayPool {
  readonly #engines: RelayEngines;
  readonly #undoFailed: UndoFailed;
  readonly #byCall = new Map<string, SharedMix>();

  constructor(engines: RelayEngines, undoFailed: UndoFailed) {
    this.#engines = engines;
    this.#undoFailed = undoFailed;
  }

  /** The mixes in use now. */
  get mixes(): readonly Mix[] {
    return [...this.#byCall.values()];
  }

  /** Is this the mix that listeners of its call share? */
  isUp(mix: Mix): boolean {
    return this.#byCall.get(mix.callId) === mix;
  }

  /**
   * Relays exactly these parties of the call, sharing the relays that are up. Rejects with what the engines said.
   * @param partyTags who talks in the call now, by the call engine's own word
   */
  async acquire(callId: string, partyTags: readonly string[]): Promise<RelayLease> {
    const mix = this.#byCall.get(callId) ?? new SharedMix(callId);
    this.#byCall.set(callId, mix);
    mix.leases += 1;
    let released: Promise<void> | undefined;
    const release = () => {
      released ??= this.#release(mix);
      return released;
    };
    try {
      await mix.inTurn(async () => {
        for (const tag of mix.relays.keys()) if (!partyTags.includes(tag)) await this.#drop(mix, tag);
        const opened = await Promise.allSettled(partyTags.map((tag) => this.#add(mix, tag)));
        const failed = opened.find((result) => result.status === 'rejected');
        if (failed) throw failed.reason;
      });
      return { mix, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** A party joined a call that is listened to: relays it too. Resolves with the mix, `undefined` where none is up. */
  async addParty(callId: string, partyTag: string): Promise<Mix | undefined> {
    const mix = this.#byCall.get(callId);
    await mix?.inTurn(() => this.#add(mix, partyTag));
    return mix;
  }

  /** A party left: stops copying its audio. */
  async dropParty(callId: string, partyTag: string): Promise<void> {
    const mix = this.#byCall.get(callId);
    await mix?.inTurn(() => this.#drop(mix, partyTag));
  }

  /** The engine lost this mix, or cannot be trusted with it: the next listener of the call gets a new one. */
  async abandon(mix: Mix): Promise<void> {
    if (!(mix instanceof SharedMix) || !this.isUp(mix)) return;
    this.#byCall.delete(mix.callId);
    await this.#close(mix);
  }

  async #add(mix: SharedMix, partyTag: string): Promise<void> {
    if (mix.relays.has(partyTag)) return;
    const of = { callId: mix.callId, mix: mix.id, partyTag };
    mix.relays.set(partyTag, await openRelay(this.#engines, of, this.#undoFailed));
  }

  async #drop(mix: SharedMix, partyTag: string): Promise<void> {
    const relay = mix.relays.get(partyTag);
    if (!relay) return;
    mix.relays.delete(partyTag);
    await closeRelay(this.#engines, mix.callId, relay.subscription, this.#undoFailed);
  }

  async #release(mix: SharedMix): Promise<void> {
    mix.leases -= 1;
    if (mix.leases > 0) return;
    if (this.isUp(mix)) this.#byCall.delete(mix.callId);
    await this.#close(mix);
  }

  #close(mix: SharedMix): Promise<void> {
    return mix.inTurn(async () => {
      await Promise.all([...mix.relays.keys()].map((tag) => this.#drop(mix, tag)));
      await this.#engines.listening
        .deleteMix({ mix: mix.id })
        .catch((error) => this.#undoFailed('delete of a mix', error));
    });
  }
}
