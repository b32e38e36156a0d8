import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { every } from '../timing/every.ts';
import type { AuditLog, AuditRecord } from './audit-log.ts';
import { AuditStoreError, type AuditWriter } from './audit-store.ts';
import { type ChainHead, noHead } from './chain/chain-row.ts';

export interface RecordKeeperParts {
  readonly writer: AuditWriter;
  readonly log: Logger;
  /** How long a record may take before whoever waits for it is told that it is not there, ms. */
  readonly withinMs?: number;
  /** How often the store is looked at, and tried again while it fails, ms. */
  readonly againMs?: number;
  /** Told of each write, with how long it took, ms. */
  readonly onWritten?: (ms: number) => void;
}

interface Entry {
  readonly record: AuditRecord;
  readonly resolve: () => void;
  readonly reject: (error: AuditStoreError) => void;
}

/** Written together: what came while the disk was busy. */
const atOnce = 256;
/** Of a store that fails for long. A record is about 2 kB. */
const backlogAtMost = 10_000;

/**
 * Hands records to the store in their order. One that cannot be written, or not in time, is refused to whoever waits for it, and
 * written all the same when the store takes records again: what was refused for lack of a record is an attempt too.
 */
export class RecordKeeper implements AuditLog {
  readonly #writer: AuditWriter;
  readonly #log: Logger;
  readonly #withinMs: number;
  readonly #againMs: number;
  readonly #onWritten: (ms: number) => void;
  readonly #queue: Entry[] = [];
  readonly #looking: { stop(): void };
  readonly #closing = new AbortController();
  #writing: Promise<void> | undefined;
  #problem: AuditStoreError | undefined = new AuditStoreError('the audit store was not opened yet');
  #head: ChainHead = noHead;
  #lost = 0;

  constructor({ writer, log, withinMs = 1_000, againMs = 1_000, onWritten = () => {} }: RecordKeeperParts) {
    this.#writer = writer;
    this.#log = log;
    this.#withinMs = withinMs;
    this.#againMs = againMs;
    this.#onWritten = onWritten;
    this.#looking = every(againMs, () => this.look());
  }

  /** Why no record can be written now; `undefined` while they can. */
  get problem(): string | undefined {
    return this.#problem?.message;
  }

  /** Where the chain ended at the last write. */
  get head(): ChainHead {
    return this.#head;
  }

  /** Records that wait to be written. */
  get backlog(): number {
    return this.#queue.length;
  }

  /** Records that will never be written, since too many waited. */
  get lost(): number {
    return this.#lost;
  }

  /** Rejects with {@link AuditStoreError}. */
  append(record: AuditRecord): Promise<void> {
    if (this.#queue.length >= backlogAtMost) {
      this.#lost += 1;
      return Promise.reject(new AuditStoreError('too many records wait for the audit store'));
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#queue.push({ record, resolve, reject });
    if (this.#problem) reject(this.#problem);
    this.#writing ??= this.#write();
    const late = setTimeout(() => {
      this.#fail(new AuditStoreError(`the audit store did not answer within ${this.#withinMs} ms`));
    }, this.#withinMs);
    return promise.finally(() => clearTimeout(late));
  }

  /** Opens the store, or finds out whether it is still what it was. */
  async look(): Promise<void> {
    this.#writing ??= this.#write();
    await this.#writing;
  }

  /** Writes what waits, if the store takes it, and closes it. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#looking.stop();
    await Promise.race([this.#writing, delay(this.#withinMs, undefined, { ref: false })]);
    if (this.#queue.length > 0)
      this.#log.error({ records: this.#queue.length }, 'audit records were not written');
    await Promise.race([this.#writer.close(), delay(this.#withinMs, undefined, { ref: false })]);
  }

  /** Until nothing waits: with nothing to write it still asks the store whether it would take something. */
  async #write(): Promise<void> {
    try {
      do {
        const batch = this.#queue.slice(0, atOnce);
        const from = performance.now();
        const head = await this.#writer.append(batch.map(({ record }) => record));
        if (batch.length > 0) {
          this.#onWritten(performance.now() - from);
          // the log goes elsewhere, so what it says of the chain proves that no row was taken off its end
          this.#log.info({ audit: head }, 'audit records written');
        }
        this.#head = head;
        this.#queue.splice(0, batch.length);
        if (this.#problem) this.#log.info({ audit: head }, 'the audit store takes records');
        this.#problem = undefined;
        for (const { resolve } of batch) resolve();
      } while (this.#queue.length > 0);
    } catch (error) {
      this.#fail(error instanceof AuditStoreError ? error : new AuditStoreError(String(error)));
      await delay(this.#againMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
    } finally {
      this.#writing = undefined;
    }
  }

  #fail(problem: AuditStoreError): void {
    if (problem.message !== this.#problem?.message)
      this.#log.error({ problem: problem.message }, 'the audit store takes no records; listening is refused');
    this.#problem = problem;
    for (const { reject } of this.#queue) reject(problem);
  }
}
