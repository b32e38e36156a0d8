import type { EndReason } from '@medlyssning/policy';
import type { Admitted, Ask, AskOutcome, Question, Refused } from './ask.ts';
import { awaitMedia } from './await-media.ts';
import { type DecidedAttempt, type DecideParts, decideAttempt } from './decide-attempt.ts';
import type { Listen } from './listen.ts';
import { type LifeParts, ListenLife } from './listen-life.ts';
import { OpenListens } from './open-listens.ts';
import { revoked } from './revoked.ts';
import { tellRefusal } from './tell-refusal.ts';

/** What the service stands on. */
export interface ListenServiceParts extends DecideParts, LifeParts {}

/**
 * What doors know of listening. It takes their attempts, has them decided ({@link decideAttempt}), and has admitted ones carried from
 * asked to ended ({@link ListenLife}). Every step is undone on failure, and every attempt leaves a record before any audio flows.
 */
export class ListenService {
  readonly #parts: ListenServiceParts;
  readonly #open = new OpenListens();
  readonly #life: ListenLife;

  constructor(parts: ListenServiceParts) {
    this.#parts = parts;
    this.#life = new ListenLife(parts, this.#open);
  }

  /** Listens up or being set up. */
  get listens(): readonly Listen[] {
    return this.#open.live;
  }

  /** Is this one of ours whose record is not closed yet? */
  has(id: string): boolean {
    return this.#open.has(id);
  }

  get draining(): boolean {
    return this.#open.draining;
  }

  /** Decides an attempt and, where admitted, connects the listener. A fault of ours, too, is a refusal. */
  async ask({ question, media, signal }: Ask): Promise<AskOutcome> {
    const attempt = await decideAttempt(this.#parts, this.#open, question, media !== undefined);
    if (attempt.kind === 'refused' || !media) return this.#refuse(attempt);
    const { listen } = attempt;
    const cancel = () => listen.end('ListenerHungUp');
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await this.#life.join(attempt, media);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Decides an attempt whose media is still to come. A fault of ours, too, is a refusal. */
  async admit(question: Question): Promise<Admitted | Refused> {
    const attempt = await decideAttempt(this.#parts, this.#open, question, true);
    return attempt.kind === 'refused' ? this.#refuse(attempt) : awaitMedia(this.#life, attempt);
  }

  /** Ends every listen that `which` picks. */
  endWhere(which: (listen: Listen) => boolean, reason: EndReason): void {
    for (const listen of this.listens) if (which(listen)) listen.end(reason);
  }

  /** Asks every live listen again under the policy in force now (rules.md, 5). */
  revalidate(): void {
    for (const listen of this.listens) {
      const cause = revoked(this.#parts.know, listen);
      if (cause) listen.end('Revoked', cause);
    }
  }

  /** Refuses new attempts from now on, ends the listens that are up, and resolves when they are down. */
  drain(): Promise<void> {
    return this.#open.drain();
  }

  /** The refusal stands whether or not its record could be written. */
  async #refuse(attempt: DecidedAttempt): Promise<Refused> {
    const { log } = this.#parts;
    const { id, reason, recorded } = attempt;
    await recorded.catch((error) => log.error({ err: error, id }, 'audit record not written'));
    log.info({ id, reason }, 'listening refused');
    return tellRefusal(this.#parts, attempt, reason);
  }
}
