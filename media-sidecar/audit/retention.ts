import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { every } from '../timing/every.ts';
import type { ErasureRecord } from './audit-log.ts';
import type { AuditReader, AuditWriter, Kept } from './audit-store.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const hourMs = 60 * 60 * 1_000;
const atOnce = 500;

/** What is to be erased now. */
export interface Due {
  readonly company: string | null;
  /** What the records say of themselves. */
  readonly retentionDays: number;
  /** ms since the epoch. */
  readonly before: number;
}

/**
 * The records that are past their time: by what the company's policy says now, or, where there is no policy of it (the company is
 * gone, or not known yet), by what it said when they were written.
 */
export const dueErasures = (
  kept: readonly Kept[],
  daysOf: (company: string) => number | undefined,
  now: number,
): readonly Due[] =>
  kept.flatMap(({ company, retentionDays, oldest }) => {
    const days = (company === null ? undefined : daysOf(company)) ?? retentionDays;
    const before = now - days * dayMs;
    return oldest < before ? [{ company, retentionDays, before }] : [];
  });

export interface RetentionParts {
  readonly reader: Pick<AuditReader, 'kept'>;
  readonly writer: Pick<AuditWriter, 'erase'>;
  readonly daysOf: (company: string) => number | undefined;
  readonly now: () => number;
  readonly log: Logger;
}

/** Erases what is past its time. Rejects where the store cannot. */
export const eraseDue = async ({ reader, writer, daysOf, now, log }: RetentionParts): Promise<void> => {
  for (const { company, retentionDays, before } of dueErasures(await reader.kept(), daysOf, now())) {
    const erasure: ErasureRecord = {
      record: 'erasure',
      id: randomUUID(),
      at: new Date(now()).toISOString(),
      company,
      before: new Date(before).toISOString(),
    };
    let records = 0;
    let erased: number;
    do {
      erased = await writer.erase(erasure, retentionDays);
      records += erased;
    } while (erased === atOnce);
    log.info({ company, before: erasure.before, records }, 'audit records erased, their time being over');
  }
};

/** Erases each hour what is past its time. */
export const keepRetention = (parts: RetentionParts): { stop(): void } =>
  every(hourMs, () =>
    eraseDue(parts).catch((error) =>
      parts.log.error({ err: error }, 'audit records past their time could not be erased'),
    ),
  );
