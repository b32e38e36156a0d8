import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptRecord, AuditRecord } from './audit-log.ts';
import { openJsonLinesAuditLog } from './json-lines-audit-log.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-audit-'));
  file = join(folder, 'deep', 'audit.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = () => new Date('2026-11-23T12:00:00Z');
const attempt = (id: string, reason: AttemptRecord['reason']): AttemptRecord => ({
  record: 'attempt',
  id,
  at: now().toISOString(),
  node: 'media-1',
  company: 'acme/acme',
  listener: { user: 'karin', number: '+46…401' },
  target: { user: 'anna', number: '08…403' },
  device: { name: 'karin-desk', kind: 'Desk' },
  callId: 'call-1',
  reason,
  rules: [],
  policyRevisions: [],
});
const records = async (): Promise<readonly AuditRecord[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line));

describe('the audit log of JSON lines', () => {
  it('keeps records in order, in a file nobody else can read', async () => {
    const log = await openJsonLinesAuditLog(file, now);
    await Promise.all([log.append(attempt('a', 'Allowed')), log.append(attempt('b', 'ProfileForbids'))]);
    await log.close();
    expect((await records()).map(({ id }) => id)).toEqual(['a', 'b']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('closes what a crash left open, once, and keeps what was there', async () => {
    const before = await openJsonLinesAuditLog(file, now);
    await before.append(attempt('refused', 'ProfileForbids'));
    await before.append(attempt('heard', 'Allowed'));
    await before.append({ record: 'start', id: 'heard', at: '2026-11-23T11:59:00.000Z', soundMs: 240 });
    await before.append(attempt('ended', 'Allowed'));
    await before.append({
      record: 'end',
      id: 'ended',
      at: now().toISOString(),
      reason: 'CallEnded',
      startedAt: null,
    });
    await before.close();
    await appendFile(file, '{"record":"attempt","id":"cut sho');

    for (const _ of [1, 2]) await (await openJsonLinesAuditLog(file, now)).close();
    const ends = (await records()).filter(({ record }) => record === 'end');
    expect(ends).toEqual([
      expect.objectContaining({ id: 'ended', reason: 'CallEnded' }),
      expect.objectContaining({ id: 'heard', reason: 'MediaFailed', startedAt: '2026-11-23T11:59:00.000Z' }),
    ]);
  });

  it('rejects where the record cannot be written', async () => {
    const log = await openJsonLinesAuditLog(file, now);
    await log.close();
    await expect(log.append(attempt('a', 'Allowed'))).rejects.toThrow();
  });
});
