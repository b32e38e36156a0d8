import type { LeaseHandle, LeaseLock } from './lease-lock.ts';
import type { LeaseSpec } from './lease-record.ts';

/** What the API server does to a request: answers, fails before or after doing it, or does not answer until it is given up. */
export type LeaseFault = 'refuse' | 'lose-answer' | 'hang';

/** A Lease with versions, and faults per client. */
export class FakeLease {
  spec: LeaseSpec | undefined;
  version = 0;
  /** The fault each client of that name has. */
  readonly faults = new Map<string, LeaseFault>();
  /** Every write that took effect. */
  readonly writes: { readonly client: string; readonly spec: LeaseSpec }[] = [];

  lock(client: string): LeaseLock {
    return { read: (signal) => this.#answer(client, signal, () => this.#handle(client)) };
  }

  /** Somebody else writes. */
  put(spec: LeaseSpec | undefined): void {
    this.spec = spec;
    this.version++;
  }

  #handle(client: string): LeaseHandle {
    const { spec, version } = this;
    const write = (next: LeaseSpec, signal: AbortSignal) =>
      this.#answer(client, signal, () => {
        if (this.version !== version) return undefined;
        this.put(next);
        this.writes.push({ client, spec: next });
        return this.#handle(client);
      });
    return { spec, write };
  }

  async #answer<T>(client: string, signal: AbortSignal, act: () => T): Promise<T> {
    await Promise.resolve();
    const fault = this.faults.get(client);
    if (fault === 'refuse') throw new Error('refused');
    if (fault === 'hang')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const answer = act();
    if (fault === 'lose-answer') throw new Error('answer lost');
    return answer;
  }
}
