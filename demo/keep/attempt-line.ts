import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';

/** One line for a record that came while the demo is left running. */
export function attemptLine(record: AuditRecord): string {
  const at = record.at.slice(11, 19);
  switch (record.record) {
    case 'attempt': {
      const { listener, target, device } = record;
      const who = `${listener.user ?? listener.number} (${device?.name ?? 'unknown device'})`;
      return `  ${at}  ${who} → ${target.user ?? target.number}: ${record.reason}`;
    }
    case 'start':
      return `  ${at}  the sound was played, listening`;
    case 'end':
      return `  ${at}  listening ended: ${record.reason}`;
  }
}
