import { randomUUID } from 'node:crypto';
import { NgError } from 'rtpengine-ng-client';

/**
 * `passed`: all that the call engine did before was shown; `missed`: it answered, the mirror did not show it;
 * `unanswered`: the call engine did not answer, so nothing can be said of the mirror.
 */
export type BarrierOutcome = 'passed' | 'missed' | 'unanswered';

const prefix = 'medlyssning-barrier-';
const idLength = prefix.length + randomUUID().length;
/** Measured on 26.0.1: the mirror shows a message within half a millisecond of its answer. Busy machines are slower. */
const shownWithinMs = 150;

/**
 * Proves that a mirror is the call engine's and has shown everything up to now: asks the engine something harmless, about
 * a call that nobody can know of, and waits until that very request comes by in the mirror. The mirror keeps the order,
 * so what the engine did before came by before.
 */
export class Barriers {
  readonly #ask: (callId: string) => Promise<unknown>;
  readonly #pending = new Map<string, () => void>();

  /** @param ask a command for a call with this id; that the engine refuses it is an answer */
  constructor(ask: (callId: string) => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Every packet of the mirror. Costs nothing while no barrier is pending. */
  take({ payload }: { readonly payload: Buffer }): void {
    if (this.#pending.size === 0) return;
    const at = payload.indexOf(prefix, 0, 'latin1');
    if (at >= 0) this.#pending.get(payload.toString('latin1', at, at + idLength))?.();
  }

  /** Never rejects. Each caller has a barrier of its own, since each asks about another moment. */
  async pass(): Promise<BarrierOutcome> {
    const id = `${prefix}${randomUUID()}`;
    const { promise, resolve } = Promise.withResolvers<BarrierOutcome>();
    this.#pending.set(id, () => resolve('passed'));
    let timer: NodeJS.Timeout | undefined;
    try {
      if (!(await this.#answered(id))) return 'unanswered';
      // Where we ourselves were busy so long, what came meanwhile is read before the immediate's turn.
      timer = setTimeout(() => setImmediate(() => resolve('missed')), shownWithinMs);
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  async #answered(id: string): Promise<boolean> {
    try {
      await this.#ask(id);
      return true;
    } catch (error) {
      return error instanceof NgError && error.reason === 'EngineRefused';
    }
  }
}
