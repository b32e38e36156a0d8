import { randomUUID } from 'node:crypto';
import type { CallEngine } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { type Mix, type Relay, relayLabel } from './mix.ts';

interface Engines {
  readonly call: CallEngine;
  readonly listening: ListeningEngine;
}

interface Entry {
  readonly mix: Promise<Mix>;
  users: number;
}

/** A share in the relays of one call; the relays go when the last share is released. */
export interface RelayLease {
  readonly mix: Mix;
  release(): Promise<void>;
}

/**
 * The one-way relays between the engines: one per party of a call that is listened to, shared by all its listeners,
 * taken down with the last of them.
 */
export class RelayPool {
  readonly #engines: Engines;
  readonly #onUndoFailed: (what: string, error: unknown) => void;
  readonly #byCall = new Map<string, Entry>();
  readonly #up = new Set<Mix>();

  constructor(engines: Engines, onUndoFailed: (what: string, error: unknown) => void) {
    this.#engines = engines;
    this.#onUndoFailed = onUndoFailed;
  }

  /** The mixes in use now. */
  get mixes(): readonly Mix[] {
    return [...this.#up];
  }

  isUp(mix: Mix): boolean {
    return this.#up.has(mix);
  }

  /** Relays these parties of the call, or joins the relays that are up. Rejects with what the engines said. */
  async acquire(callId: string, partyTags: readonly string[]): Promise<RelayLease> {
    let entry = this.#byCall.get(callId);
    if (!entry) {
      entry = { mix: this.#open(callId, partyTags), users: 0 };
      this.#byCall.set(callId, entry);
    }
    const held = entry;
    held.users += 1;
    const release = () => this.#release(callId, held);
    try {
      const mix = await held.mix;
      return { mix, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** A party joined a call that is listened to: relays it too. Resolves with the mix, `undefined` where none is up. */
  async addParty(callId: string, partyTag: string): Promise<Mix | undefined> {
    const mix = await this.#byCall.get(callId)?.mix.catch(() => undefined);
    if (!mix || mix.relays.has(partyTag)) return undefined;
    mix.relays.set(partyTag, await this.#relay(callId, mix.id, partyTag));
    return mix;
  }

  /** A party left: stops copying its audio. */
  async dropParty(callId: string, partyTag: string): Promise<void> {
    const mix = await this.#byCall.get(callId)?.mix.catch(() => undefined);
    const relay = mix?.relays.get(partyTag);
    if (!mix || !relay) return;
    mix.relays.delete(partyTag);
    await this.#unsubscribe(callId, relay);
    await this.#engines.listening
      .deleteRelay({ mix: mix.id, tag: relay.tag })
      .catch((error) => this.#onUndoFailed('delete of a relay', error));
  }

  /** The engine lost this mix: the next listener of the call gets new relays. */
  forget(mix: Mix): void {
    this.#up.delete(mix);
    this.#byCall.delete(mix.callId);
  }

  async #open(callId: string, partyTags: readonly string[]): Promise<Mix> {
    const id = `mix-${randomUUID()}`;
    const opened = await Promise.allSettled(partyTags.map((tag) => this.#relay(callId, id, tag)));
    const relays = new Map<string, Relay>();
    for (const [i, tag] of partyTags.entries()) {
      const result = opened[i];
      if (result?.status === 'fulfilled') relays.set(tag, result.value);
    }
    const mix: Mix = { id, callId, relays };
    const failed = opened.find((result) => result.status === 'rejected');
    if (failed) {
      await this.#close(mix);
      throw failed.reason;
    }
    this.#up.add(mix);
    return mix;
  }

  /** Copies one party's audio to the listening engine. Nothing can come back: both ends are told sendonly/recvonly. */
  async #relay(callId: string, mixId: string, partyTag: string): Promise<Relay> {
    const { call, listening } = this.#engines;
    const { toTag, sdp } = await call.subscribeRequest({ callId, fromTag: partyTag, label: relayLabel });
    const relay: Relay = { subscription: toTag, tag: `relay-${randomUUID()}` };
    try {
      const published = await listening.publishRelay({ mix: mixId, tag: relay.tag, sdp });
      await call.subscribeAnswer({ callId, toTag, sdp: published.sdp });
      return relay;
    } catch (error) {
      await this.#unsubscribe(callId, relay);
      throw error;
    }
  }

  async #release(callId: string, entry: Entry): Promise<void> {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (this.#byCall.get(callId) === entry) this.#byCall.delete(callId);
    const mix = await entry.mix.catch(() => undefined);
    if (mix) await this.#close(mix);
  }

  async #close(mix: Mix): Promise<void> {
    this.#up.delete(mix);
    await Promise.all([...mix.relays.values()].map((relay) => this.#unsubscribe(mix.callId, relay)));
    await this.#engines.listening
      .deleteMix({ mix: mix.id })
      .catch((error) => this.#onUndoFailed('delete of the mix', error));
  }

  async #unsubscribe(callId: string, relay: Relay): Promise<void> {
    await this.#engines.call
      .unsubscribe({ callId, toTag: relay.subscription })
      .catch((error) => this.#onUndoFailed('unsubscribe of a relay', error));
  }
}
