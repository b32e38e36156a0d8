import type { CallBook } from '../book/call-book.ts';
import type { CallEngine } from '../engines/call-engine.ts';
import type { CallEvent } from './call-event.ts';
import { HepServer } from './hep-server.ts';
import { Mirror } from './mirror.ts';
import { Relist } from './relist.ts';
import { Rounds } from './rounds.ts';

export interface ObserverOptions {
  readonly engine: Pick<CallEngine, 'list' | 'query'>;
  readonly book: CallBook;
  /** ms since the epoch; the same clock as the call engine's. */
  readonly clock: () => number;
  readonly source:
    | {
        readonly kind: 'mirror';
        readonly host: string;
        readonly port: number;
        /** Addresses the call engine may come from besides loopback. */
        readonly peers?: readonly string[];
        readonly resyncMs: number;
      }
    | { readonly kind: 'poll'; readonly intervalMs: number };
  /** The call engine could not be asked; it will be, again and again. */
  readonly onProblem: (error: unknown) => void;
}

/** What the observer did, ever increasing. */
export interface ObserverCounters {
  relists: number;
  relistsFailed: number;
  /** Calls that only a re-list found, once the mirror had been up: it should have shown them. */
  foundByRelist: number;
  /** Calls that only a re-list found to be over (rtpengine ends calls by itself without a message). */
  endedByRelist: number;
  /** Calls whose parties only a re-list put right. */
  correctedByRelist: number;
  /** Mirrored events from before the last re-list, dropped. */
  stale: number;
  /** Looks at single calls, where an event did not tell enough. */
  confirmations: number;
}

/** rtpengine comes back to a lost mirror after up to 30 s: until then the calls are listed this often. */
const blindMs = 750;
/** So many known calls are looked at again in each round while blind: some 10 % of what the engine can answer. */
const knownWhileBlind = 64;
/** The mirror shows a message within a millisecond. */
const graceMs = 100;
/** Events kept while the calls are listed after the mirror came up; a busy node has 3,000 a second. */
const maxHeld = 20_000;

/**
 * Keeps the book true: by the call engine's mirror as things happen, and by listing its calls at the start, when the
 * mirror comes up, now and then, and all the time while the mirror is down. Only looks: a call cannot notice it.
 */
export class Observer {
  readonly counters: ObserverCounters = {
    relists: 0,
    relistsFailed: 0,
    foundByRelist: 0,
    endedByRelist: 0,
    correctedByRelist: 0,
    stale: 0,
    confirmations: 0,
  };
  readonly mirror = new Mirror();
  readonly #options: ObserverOptions;
  readonly #relist: Relist;
  readonly #rounds: Rounds;
  readonly #server: HepServer | undefined;
  /** Events that came since the mirror is up and before the calls were listed. `undefined`: apply them at once. */
  #held: CallEvent[] | undefined;
  /** When the calls were listed for this connection of the mirror, ms since the epoch. */
  #listedAt = 0;
  #lookAtAll = false;
  #synced = false;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#relist = new Relist(options);
    this.#rounds = new Rounds({ run: () => this.#round(), pauseMs: () => this.#pauseMs() });
    const { source } = options;
    if (source.kind === 'poll') return;
    this.#server = new HepServer({
      host: source.host,
      port: source.port,
      ...(source.peers && { peers: source.peers }),
      onPacket: (packet) => {
        const event = this.mirror.take(packet);
        if (event) this.#take(event);
      },
      onConnected: (connected) => this.#onConnected(connected),
    });
  }

  /**
   * `up`: the mirror is connected, the calls were listed for it, and events come as they happen; `down`: the calls are
   * listed instead; `none`: polling was configured.
   */
  get mirrorState(): 'up' | 'down' | 'none' {
    if (!this.#server) return 'none';
    return this.#server.connected && this.#held === undefined ? 'up' : 'down';
  }

  /** Does the book hold the call engine's calls? False until they were listed, and while that fails. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Port of the mirror, once started. */
  get port(): number | undefined {
    return this.#server?.port;
  }

  get hep(): HepServer['counters'] | undefined {
    return this.#server?.counters;
  }

  /** Resolves when the mirror can connect and the calls have been listed, or could not be for the first time. */
  async start(): Promise<void> {
    await this.#server?.listen();
    await this.#rounds.start();
  }

  /** Looks at one call now and brings the book in line: what a decision rests on. Rejects with `NgError`. */
  async refresh(callId: string): Promise<void> {
    this.counters.confirmations += 1;
    await this.#relist.look([callId]);
  }

  /**
   * Makes sure that the book holds the calls of this moment: with the mirror up it does, else they are listed now, once
   * for all who ask meanwhile.
   * @returns false where the call engine cannot be asked: then nothing is known for certain
   */
  async catchUp(): Promise<boolean> {
    if (this.mirrorState !== 'up' || !this.#synced) await this.#rounds.next();
    return this.#synced;
  }

  async close(): Promise<void> {
    await this.#rounds.stop();
    await this.#server?.close();
  }

  #pauseMs(): number {
    const { source } = this.#options;
    if (source.kind === 'poll') return source.intervalMs;
    return this.#server?.connected && this.#synced ? source.resyncMs : blindMs;
  }

  #onConnected(connected: boolean): void {
    this.mirror.reset();
    this.#held = connected ? [] : undefined;
    if (connected) this.#lookAtAll = true;
    this.#rounds.hurry();
  }

  /**
   * One listing. What the mirror says meanwhile waits, for an unknown call's re-INVITE looks like a new call's offer;
   * and what it says of the time before (rtpengine keeps the oldest messages for a mirror that was gone) is stale.
   */
  async #round(): Promise<void> {
    const { counters } = this;
    const held = this.#held;
    const begun = this.#options.clock();
    const seeing = this.mirrorState === 'up';
    const all = this.#lookAtAll;
    this.#lookAtAll = false;
    try {
      const known = seeing ? 0 : all ? Number.POSITIVE_INFINITY : knownWhileBlind;
      const result = await this.#relist.run({ known, graceMs: seeing ? graceMs : 0 });
      counters.relists += 1;
      counters.foundByRelist += seeing ? result.found : 0;
      counters.endedByRelist += seeing ? result.ended : 0;
      counters.correctedByRelist += seeing ? result.corrected : 0;
      this.#synced = true;
    } catch (error) {
      counters.relistsFailed += 1;
      this.#synced = false;
      this.#lookAtAll ||= all;
      this.#options.onProblem(error);
      return;
    }
    if (held && held === this.#held) this.#release(held, begun);
  }

  #release(held: readonly CallEvent[], listedAt: number): void {
    this.#held = undefined;
    this.#listedAt = listedAt;
    for (const event of held) this.#take(event);
  }

  #take(event: CallEvent): void {
    if (this.#held) this.#hold(this.#held, event);
    else if (event.doneAt < this.#listedAt) this.counters.stale += 1;
    else if (this.#options.book.apply(event) === 'confirm') {
      this.refresh(event.callId).catch((error) => this.#options.onProblem(error));
    }
  }

  #hold(held: CallEvent[], event: CallEvent): void {
    held.push(event);
    if (held.length <= maxHeld) return;
    // The listing takes too long to keep up with: begin anew.
    this.counters.stale += held.length;
    this.#held = [];
    this.#lookAtAll = true;
    this.#rounds.hurry();
  }
}
