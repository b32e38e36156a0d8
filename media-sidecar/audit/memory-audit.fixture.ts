import type { AuditLog, AuditRecord } from './audit-log.ts';

/** An audit log in memory; `fail` lets the next record of a kind not be written. */
export const memoryAudit = () => {
  const records: AuditRecord[] = [];
  const failing = new Set<AuditRecord['record']>();
  let beforeEach = (_record: AuditRecord): void => {};
  const log: AuditLog = {
    append: async (record) => {
      beforeEach(record);
      await Promise.resolve();
      if (failing.delete(record.record)) throw new Error('no space left');
      records.push(record);
    },
  };
  return {
    log,
    records,
    /** What was recorded so far: of each record its kind, and the reason where it has one. */
    reasons: () => records.map((r) => (r.record === 'start' ? r.record : `${r.record} ${r.reason}`)),
    fail: (kind: AuditRecord['record']) => void failing.add(kind),
    before: (what: (record: AuditRecord) => void) => {
      beforeEach = what;
    },
  };
};
