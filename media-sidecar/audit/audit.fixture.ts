import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttemptRecord, AuditRecord, EndRecord, StartRecord } from './audit-log.ts';
import { SqliteWriter } from './sqlite/sqlite-writer.ts';

export const noon = '2026-11-23T12:00:00.000Z';
const owner = { company: 'acme/acme', retentionDays: 365 } as const;

export const attempt = (id: string, of: Partial<AttemptRecord> = {}): AttemptRecord => ({
  record: 'attempt',
  id,
  at: noon,
  ...owner,
  node: 'media-1',
  listener: { user: 'karin', number: '+46846500401' },
  target: { user: 'anna', number: '+46846500403' },
  device: { name: 'karin-desk', kind: 'Desk' },
  callId: 'call-1',
  reason: 'Allowed',
  rules: [
    { rule: 'R1', reason: 'ListenerLicenseMissing', outcome: 'passed', field: 'Entitlement.spec.users' },
  ],
  policyRevisions: ['a1'],
  ...of,
});

export const start = (id: string, of: Partial<StartRecord> = {}): StartRecord => ({
  record: 'start',
  id,
  at: noon,
  ...owner,
  soundMs: 240,
  ...of,
});

export const end = (id: string, of: Partial<EndRecord> = {}): EndRecord => ({
  record: 'end',
  id,
  at: noon,
  ...owner,
  reason: 'CallEnded',
  startedAt: noon,
  ...of,
});

/** A folder for one test, gone with it. */
export const scratch = (): { readonly file: string } & Disposable => {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-audit-'));
  return {
    file: join(folder, 'deep', 'audit.db'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Writes these records, and closes the file. */
export const written = (file: string, records: readonly AuditRecord[], node = 'media-1'): void => {
  const writer = new SqliteWriter(file, node);
  writer.append(records);
  writer.close();
};
