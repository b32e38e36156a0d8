import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import { aborted, pause } from '../pause.ts';
import { type Leadership, Tenure } from './leadership.ts';
import type { LeaseHandle, LeaseLock } from './lease-lock.ts';
import { freeInMs, holderOf, mayTake, type Observation, observe, released, taken } from './lease-record.ts';

export interface LeaseElectionOptions {
  /** The Lease, see `leaseLock`. */
  readonly lock: LeaseLock;
  /** Names this process to people, for example the pod's name; a random part is added, for no two may ever have the same. */
  readonly identity: string;
  /**
   * Leads. Is to end when `leadership.signal` aborts; only then can the next leader be sure of being alone in this process too. When
   * it ends by itself the Lease is given back and campaigned for anew.
   */
  readonly onStarted: (leadership: Leadership) => Promise<void>;
  /** Who holds the Lease now, told at each change. */
  readonly onHolder?: (identity: string | undefined) => void;
  /** An attempt failed, or `onStarted` rejected. The election goes on. */
  readonly onProblem?: (error: unknown) => void;
  /** How long others wait for a holder that went silent, default 15 s. */
  readonly leaseDurationMs?: number;
  /** How long the holder goes on without a successful renewal, default 10 s. */
  readonly renewDeadlineMs?: number;
  /** Between attempts, default 2 s; those who wait spread theirs over half to all of it. */
  readonly retryPeriodMs?: number;
  readonly clock?: Clock;
  readonly wallClock?: () => Date;
  readonly random?: () => number;
}

type Attempt =
  | { readonly kind: 'held'; readonly deadline: number }
  | { readonly kind: 'other'; readonly holder: string | undefined }
  | { readonly kind: 'failed' };

/**
 * Elects one leader by a Lease, with client-go's timing. Fenced: a leader's time is counted from *before* it sent its last successful
 * renewal, the others' from *after* they saw it, so that the leader stops `leaseDurationMs - renewDeadlineMs` before another begins.
 */
export class LeaseElection {
  /** As it stands in the Lease. */
  readonly identity: string;
  readonly #options: LeaseElectionOptions;
  readonly #leaseDurationMs: number;
  readonly #renewDeadlineMs: number;
  readonly #retryPeriodMs: number;
  readonly #clock: Clock;
  #observation: Observation | undefined;
  #handle: LeaseHandle | undefined;

  /** Throws a RangeError for times that could let two lead at once. */
  constructor(options: LeaseElectionOptions) {
    this.#options = options;
    this.identity = `${options.identity}_${randomUUID()}`;
    this.#leaseDurationMs = options.leaseDurationMs ?? 15_000;
    this.#renewDeadlineMs = options.renewDeadlineMs ?? 10_000;
    this.#retryPeriodMs = options.retryPeriodMs ?? 2_000;
    this.#clock = options.clock ?? systemClock;
    const rising = [0, this.#retryPeriodMs, this.#renewDeadlineMs, this.#leaseDurationMs];
    if (rising.some((ms, i) => i > 0 && !(ms > (rising[i - 1] ?? 0))))
      throw new RangeError(
        'A lease election needs 0 < retryPeriodMs < renewDeadlineMs < leaseDurationMs, ' +
          `not ${this.#retryPeriodMs}, ${this.#renewDeadlineMs} and ${this.#leaseDurationMs}.`,
      );
  }

  /** Campaigns, leads, and campaigns again, until `signal` aborts; then gives the Lease back. Does not reject. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const attempt = await this.#attempt(false);
      if (attempt.kind === 'held') await this.#lead(attempt.deadline, signal);
      await pause(this.#clock, this.#untilNextAttempt(), signal);
    }
  }

  /** ms; not past the moment at which a silent holder's time is over. */
  #untilNextAttempt(): number {
    const retryMs = this.#retryPeriodMs * (0.5 + (this.#options.random ?? Math.random)() / 2);
    const holder = holderOf(this.#observation?.spec);
    if (!this.#observation || holder === undefined || holder === this.identity) return retryMs;
    const freeMs = freeInMs(this.#observation, this.#clock.now(), this.#leaseDurationMs);
    // Timers may fire a fraction of a millisecond early.
    return freeMs > 0 ? Math.min(retryMs, freeMs + 1) : retryMs;
  }

  async #lead(deadline: number, stop: AbortSignal): Promise<void> {
    if (this.#clock.now() >= deadline) return;
    const tenure = new Tenure(this.#clock, deadline);
    const resign = () => tenure.resign();
    stop.addEventListener('abort', resign, { once: true });
    if (stop.aborted) resign();
    const work = this.#work(tenure);
    const ended = work.then(resign);
    await this.#renew(tenure);
    await Promise.race([ended, aborted(tenure.lost)]);
    stop.removeEventListener('abort', resign);
    if (!tenure.lost.aborted) {
      tenure.lose('The leader gave the Lease back.');
      await this.#release();
    }
    await ended;
  }

  async #work(tenure: Tenure): Promise<void> {
    if (tenure.signal.aborted) return;
    try {
      await this.#options.onStarted(tenure);
    } catch (error) {
      // A leader stopped amid its work rejects with the reason of the signal; that is no problem.
      if (!tenure.signal.aborted) this.#options.onProblem?.(error);
    }
  }

  /** Renews until the work is to end. */
  async #renew(tenure: Tenure): Promise<void> {
    for (;;) {
      await pause(this.#clock, this.#retryPeriodMs, tenure.signal);
      if (tenure.signal.aborted) return;
      const attempt = await this.#attempt(true);
      if (attempt.kind === 'held') tenure.renewed(attempt.deadline);
      else if (attempt.kind === 'other') tenure.lose(`${attempt.holder ?? 'Nobody'} holds the Lease now.`);
    }
  }

  /** One try to take or renew the Lease. A hanging request must not use up all the time there is. */
  async #attempt(holding: boolean): Promise<Attempt> {
    const begun = this.#clock.now();
    const { signal, done } = this.#within(this.#renewDeadlineMs / 3);
    try {
      const handle = (holding && this.#handle) || (await this.#read(signal));
      let written = await this.#take(handle, signal);
      // Somebody wrote in between, perhaps we ourselves and the answer was lost: look again, once.
      if (!written && holding) written = await this.#take(await this.#read(signal), signal);
      if (written) {
        this.#see(written);
        return { kind: 'held', deadline: begun + this.#renewDeadlineMs };
      }
      const holder = holderOf(this.#observation?.spec);
      return holder === this.identity ? { kind: 'failed' } : { kind: 'other', holder };
    } catch (error) {
      this.#handle = undefined;
      this.#options.onProblem?.(error);
      return { kind: 'failed' };
    } finally {
      done();
    }
  }

  async #read(signal: AbortSignal): Promise<LeaseHandle> {
    const handle = await this.#options.lock.read(signal);
    this.#see(handle);
    return handle;
  }

  /** Writes if the Lease may be taken; `undefined` when it may not, or when another was faster. */
  async #take(handle: LeaseHandle, signal: AbortSignal): Promise<LeaseHandle | undefined> {
    const now = this.#clock.now();
    const observation = observe(this.#observation, handle.spec, now);
    if (!mayTake(observation, this.identity, now, this.#leaseDurationMs)) return undefined;
    return handle.write(taken(handle.spec, this.identity, this.#wallTime(), this.#leaseDurationMs), signal);
  }

  async #release(): Promise<void> {
    const { signal, done } = this.#within(this.#renewDeadlineMs / 3);
    try {
      const handle = this.#handle ?? (await this.#read(signal));
      if (!handle.spec || holderOf(handle.spec) !== this.identity) return;
      const written = await handle.write(released(handle.spec, this.#wallTime()), signal);
      if (written) this.#see(written);
    } catch (error) {
      this.#options.onProblem?.(error);
    } finally {
      done();
    }
  }

  #see(handle: LeaseHandle): void {
    const before = holderOf(this.#observation?.spec);
    this.#handle = handle;
    this.#observation = observe(this.#observation, handle.spec, this.#clock.now());
    const holder = holderOf(handle.spec);
    if (holder !== before) this.#options.onHolder?.(holder);
  }

  #wallTime(): Date {
    return this.#options.wallClock?.() ?? new Date();
  }

  #within(ms: number): { readonly signal: AbortSignal; readonly done: () => void } {
    const controller = new AbortController();
    const cancel = this.#clock.after(ms, () =>
      controller.abort(new Error(`The API server did not answer about the Lease within ${ms} ms.`)),
    );
    return { signal: controller.signal, done: cancel };
  }
}
