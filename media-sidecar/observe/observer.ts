import type { CallBook } from '../book/call-book.ts';
import type { CallEngine } from '../engines/call-engine.ts';
import { Barriers } from './barriers.ts';
import type { CallEvent } from './call-event.ts';
import { HepServer } from './hep-server.ts';
import { Mirror } from './mirror.ts';
import { newObserverCounters } from './observer-counters.ts';
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

/** rtpengine comes back to a lost mirror after up to 30 s: until then the calls are listed this often. */
const blindMs = 750;
/** So many known calls are looked at again in each round while blind: some 10 % of what the engine can answer. */
const knownWhileBlind = 64;
/** The mirror shows a message within a millisecond. */
const graceMs = 100;
/** A decision that waits longer for the call engine's word is none that anybody waits for. */
const askedMs = 2_000;
/** Events kept while the calls are listed after the mirror came up; a busy node has 3,000 a second. */
const maxHeld = 20_000;

/**
 * Keeps the book true: by the call engine's mirror as things happen, and by listing its calls at the start, when the
 * mirror comes up, now and then, and all the time while the mirror is down. Only looks: a call cannot notice it.
 */
export class Observer {
  readonly counters = newObserverCounters();
  readonly mirror = new Mirror();
  readonly #options: ObserverOptions;
  readonly #relist: Relist;
  readonly #rounds: Rounds;
  readonly #barriers: Barriers;
  readonly #server: HepServer | undefined;
  /** Events that came since the mirror is up and before the calls were listed. `undefined`: apply them at once. */
  #held: CallEvent[] | undefined;
  /** When the calls were listed for this connection of the mirror, ms since the epoch. */
  #listedAt = 0;
  #lookAtAll = false;
  #synced = false;
  /** The mirror is connected, but what it should have shown did not come. */
  #doubtful = false;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#relist = new Relist(options);
    this.#barriers = new Barriers((callId) => options.engine.query({ callId }, { timeoutMs: askedMs }));
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
        this.#barriers.take(packet);
      },
      onConnected: (connected) => this.#onConnected(connected),
    });
  }

  /**
   * `up`: the mirror is connected, the calls were listed for it, and events come as they happen, as far as is known;
   * `down`: the calls are listed instead; `none`: polling was configured.
   */
  get mirrorState(): 'up' | 'down' | 'none' {
    if (!this.#server) return 'none';
    return this.#follows && !this.#doubtful ? 'up' : 'down';
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
   * Makes sure that the book holds the calls of this moment: the mirror proves that it has shown all there was until now,
   * else the calls are listed, once for all who ask meanwhile.
   * @returns false where the call engine cannot be asked: then nothing is known for certain
   */
  async catchUp(): Promise<boolean> {
    const proven = this.mirrorState === 'up' && this.#synced && (await this.#prove());
    if (!proven || !this.#synced) await this.#rounds.next();
    return this.#synced;
  }

  async close(): Promise<void> {
    await this.#rounds.stop();
    await this.#server?.close();
  }

  #pauseMs(): number {
    const { source } = this.#options;
    if (source.kind === 'poll') return source.intervalMs;
    return this.#server?.connected && this.#synced && !this.#doubtful ? source.resyncMs : blindMs;
  }

  /** The mirror is connected, and its events are applied as they come. */
  get #follows(): boolean {
    return this.#server?.connected === true && this.#held === undefined;
  }

  /**
   * Does the mirror show what the call engine is asked now? A connection may be that of somebody else on this machine,
   * or one over which nothing comes any more. Its word goes on being taken, but no decision rests on it.
   */
  async #prove(): Promise<boolean> {
    const { connections } = this.#server?.counters ?? {};
    const outcome = await this.#barriers.pass();
    // Of another connection than the one that was tried, nothing is known.
    if (connections !== this.#server?.counters.connections || !this.#follows) return false;
    if (outcome === 'missed') this.counters.barriersMissed += 1;
    // An engine that does not answer is no fault of the mirror's.
    if (outcome !== 'unanswered') this.#doubtful = outcome === 'missed';
    return outcome === 'passed';
  }

  #onConnected(connected: boolean): void {
    this.mirror.reset();
    this.#doubtful = false;
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
    const proof = this.#follows ? this.#prove() : undefined;
    // While in doubt, who asks need not wait for the mirror first.
    if (!this.#doubtful) await proof;
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
