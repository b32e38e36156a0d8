import { FakeClock } from '../fake-clock.fixture.ts';
import { type WorkHandler, WorkQueue, type WorkQueueOptions } from './work-queue.ts';

export type Outcome = 'done' | 'failed';

/** A queue whose handlers end when the test says so. */
export class Stage {
  readonly clock = new FakeClock();
  readonly queue: WorkQueue<string>;
  readonly open: { readonly key: string; readonly end: (outcome: Outcome) => void }[] = [];
  readonly handled: string[] = [];
  #stop = new AbortController();
  #ended = Promise.resolve();

  constructor(options: WorkQueueOptions<string> = {}) {
    this.queue = new WorkQueue({ clock: this.clock, random: () => 1, ...options });
  }

  run(workers: number, onTaken: (key: string) => void = () => {}): void {
    const handler: WorkHandler<string> = (key) => {
      onTaken(key);
      this.handled.push(key);
      return new Promise((resolve, reject) => {
        const end = (outcome: Outcome) => (outcome === 'done' ? resolve() : reject(new Error('failed')));
        this.open.push({ key, end });
      });
    };
    this.#stop = new AbortController();
    this.#ended = this.queue.run(workers, handler, this.#stop.signal);
  }

  async end(outcome: Outcome = 'done', which = 0): Promise<void> {
    const [handler] = this.open.splice(which, 1);
    handler?.end(outcome);
    await this.clock.advance(0);
  }

  /** Aborts, and lets the open handlers end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    while (this.open.length > 0) await this.end();
    await this.#ended;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }
}
