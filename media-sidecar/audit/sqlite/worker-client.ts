import { Worker } from 'node:worker_threads';
import { AuditStoreError, InvalidCursor } from '../audit-store.ts';
import type { WorkerAnswer, WorkerData, WorkerOperation } from './worker-protocol.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread with the file open: SQLite waits for the disk, and what carries the listens must not. */
export class WorkerClient {
  readonly #data: () => WorkerData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;

  /** @param data for a worker that is started: at the first request, and again where one has died */
  constructor(data: () => WorkerData) {
    this.#data = data;
  }

  /** Rejects with {@link AuditStoreError} or {@link InvalidCursor}. */
  ask(operation: WorkerOperation): Promise<unknown> {
    this.#worker ??= this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#asked += 1;
    this.#waiting.set(this.#asked, { resolve, reject });
    this.#worker.postMessage({ ...operation, id: this.#asked });
    return promise;
  }

  async close(): Promise<void> {
    if (this.#worker) await this.ask({ op: 'close' });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: this.#data() });
    const gone = (why: string) => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(new AuditStoreError(why));
      this.#waiting.clear();
    };
    worker.on('message', (answer: WorkerAnswer) => this.#answered(answer));
    worker.on('error', (error) => gone(`the thread of the audit store failed: ${error}`));
    worker.on('exit', () => gone('the thread of the audit store ended'));
    return worker;
  }

  #answered(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('value' in answer) waiting?.resolve(answer.value);
    else if (answer.reason === 'InvalidCursor') waiting?.reject(new InvalidCursor(answer.problem));
    else waiting?.reject(new AuditStoreError(answer.problem));
  }
}
