import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { openAuditReader } from '@medlyssning/media-sidecar/audit/open-audit-reader.ts';
import { shortenNumbers } from '@medlyssning/media-sidecar/audit/shorten-numbers.ts';

/** The records of a sidecar's file so far, in their order. */
export const recordsIn = async (file: string): Promise<readonly AuditRecord[]> => {
  const reader = openAuditReader({ sqlite: file });
  const records: AuditRecord[] = [];
  try {
    for await (const { kind, content } of reader.rows()) {
      if (kind !== 'erasure' && content !== null)
        records.push(shortenNumbers(JSON.parse(content) as AuditRecord));
    }
  } finally {
    await reader.close();
  }
  return records;
};
