import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WebhookConfig } from '../config/webhooks.ts';
import own from '../package.json' with { type: 'json' };
import { type CloudEvent, cloudEventType } from './cloud-event.ts';
import { pauseMs } from './pause.ts';
import { type Outcome, post } from './post.ts';
import { signatureHeaders } from './sign.ts';
import { SigningKeyError, signingKeys } from './signing-keys.ts';

/** What came of an event: taken by the receiver, refused by it, or dropped here since it waited too long or too many did. */
export type Fate = 'delivered' | 'refused' | 'dropped';

export interface WebhookParts {
  readonly config: WebhookConfig;
  readonly log: Logger;
  readonly onFate: (fate: Fate) => void;
  /** ms since the epoch. */
  readonly now?: () => number;
  /** How long the receiver is left alone after so many failures in a row, ms; `askedMs`: what it asked for. */
  readonly pause?: (failures: number, askedMs: number | undefined) => number;
  /** How long a receiver may take to answer, ms. */
  readonly answerWithinMs?: number;
  /** So many events wait for a receiver; then the oldest go. */
  readonly waitingAtMost?: number;
}

interface Waiting {
  readonly event: CloudEvent;
  readonly body: string;
  readonly since: number;
}

/** An event is of use for so long, ms. */
const keptMs = 60 * 60_000;
/** What waits when the sidecar is stopped has so long to get out, ms. */
const graceMs = 3_000;
const jittered = (failures: number, askedMs: number | undefined) => pauseMs(failures, askedMs, Math.random());

/**
 * Sends events to one receiver, one after the other in their order, each until it is taken. Nobody waits for it: an event is put in a
 * bounded queue, in memory. What a process that is killed had in there is lost; the audit record is not.
 */
export class Webhook {
  readonly #config: WebhookConfig;
  readonly #log: Logger;
  readonly #onFate: (fate: Fate) => void;
  readonly #now: () => number;
  readonly #pauseMs: NonNullable<WebhookParts['pause']>;
  readonly #answerWithinMs: number;
  readonly #waitingAtMost: number;
  readonly #queue: Waiting[] = [];
  readonly #closing = new AbortController();
  readonly #closed = new AbortController();
  #sending: Promise<void> | undefined;
  #inFlight: Waiting | undefined;
  #failures = 0;
  #gone = false;

  constructor({ config, log, onFate, ...rest }: WebhookParts) {
    const { now = Date.now, pause = jittered, answerWithinMs = 10_000, waitingAtMost = 1_000 } = rest;
    this.#config = config;
    // the path may hold what only the receiver should know
    this.#log = log.child({ webhook: { company: config.company, host: new URL(config.url).host } });
    this.#onFate = onFate;
    this.#now = now;
    this.#pauseMs = pause;
    this.#answerWithinMs = answerWithinMs;
    this.#waitingAtMost = waitingAtMost;
  }

  get company(): string {
    return this.#config.company;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  tell(event: CloudEvent): void {
    this.#queue.push({ event, body: JSON.stringify(event), since: this.#now() });
    if (this.#queue.length > this.#waitingAtMost) {
      const [oldest] = this.#queue.splice(this.#queue[0] === this.#inFlight ? 1 : 0, 1);
      if (oldest) this.#drop(oldest, 'too many wait');
    }
    if (this.#gone) this.#dropAll('the receiver is gone');
    else this.#sending ??= this.#send();
  }

  /** Tries a last time, and for a moment only, to get out what waits. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.race([this.#sending, delay(graceMs, undefined, { ref: false })]);
    this.#closed.abort();
    await this.#sending;
    this.#dropAll('the sidecar is stopped');
  }

  async #send(): Promise<void> {
    for (let next = this.#queue[0]; next && !this.#closed.signal.aborted; next = this.#queue[0]) {
      if (this.#now() - next.since > keptMs) {
        this.#queue.shift();
        this.#drop(next, 'it waited too long');
        continue;
      }
      this.#inFlight = next;
      const outcome = await this.#try(next);
      this.#inFlight = undefined;
      if (outcome.kind !== 'again') this.#settle(next, outcome);
      else if (!(await this.#pause(outcome))) break;
    }
    this.#sending = undefined;
  }

  async #try({ event, body }: Waiting): Promise<Outcome> {
    try {
      const timestamp = Math.floor(this.#now() / 1000);
      const keys = await signingKeys(this.#config.secrets);
      return await post({
        url: this.#config.url,
        body,
        headers: {
          ...signatureHeaders({ id: event.id, timestamp, body }, keys),
          'content-type': cloudEventType,
          'user-agent': `medlyssning/${own.version}`,
        },
        signal: AbortSignal.any([this.#closed.signal, AbortSignal.timeout(this.#answerWithinMs)]),
        now: this.#now(),
      });
    } catch (error) {
      return { kind: 'again', why: error instanceof SigningKeyError ? error.message : String(error) };
    }
  }

  #settle(sent: Waiting, { kind, why }: Outcome): void {
    this.#queue.shift();
    if (this.#failures > 0) this.#log.info('a webhook receiver takes events again');
    this.#failures = 0;
    if (kind === 'gone') {
      this.#gone = true;
      this.#log.error(
        'a webhook receiver is gone (410); it is sent nothing until the sidecar is started anew',
      );
      this.#drop(sent, why);
      this.#dropAll(why);
    } else {
      this.#onFate(kind === 'delivered' ? 'delivered' : 'refused');
      if (kind === 'refused') this.#log.warn({ event: sent.event.id, why }, 'an event was refused for good');
    }
  }

  /** Resolves with whether to go on. */
  async #pause({ why, afterMs }: Extract<Outcome, { kind: 'again' }>): Promise<boolean> {
    this.#failures += 1;
    if (this.#failures === 1) this.#log.warn({ why }, 'a webhook receiver takes no events; they wait');
    const pause = this.#pauseMs(this.#failures, afterMs);
    await delay(pause, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
    return !this.#closing.signal.aborted;
  }

  #dropAll(why: string): void {
    for (const waiting of this.#queue.splice(0)) this.#drop(waiting, why);
  }

  #drop({ event }: Waiting, why: string): void {
    this.#onFate('dropped');
    this.#log.warn({ event: event.id, why }, 'an event was dropped that no webhook receiver took');
  }
}
