import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { AuditLog, AuditRecord, EndRecord } from './audit-log.ts';

/** Ids of attempts that were admitted but have no end record: the process died under them. */
const unended = async (file: string): Promise<Map<string, string | null>> => {
  const open = new Map<string, string | null>();
  if (!existsSync(file)) return open;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    let record: AuditRecord;
    try {
      record = JSON.parse(line);
    } catch {
      continue; // a line cut short by a crash; the record it would have been was never acknowledged
    }
    if (record.record === 'attempt' && record.reason === 'Allowed') open.set(record.id, null);
    if (record.record === 'start') open.set(record.id, record.at);
    if (record.record === 'end') open.delete(record.id);
  }
  return open;
};

/**
 * Opens FILE for appending, one JSON object a line, mode 0600. Listens that a crash left without an end are closed
 * with `MediaFailed` first: whatever they heard stopped at the latest when this process swept the engines.
 */
export const openJsonLinesAuditLog = async (file: string, now: () => Date): Promise<AuditLog> => {
  await mkdir(dirname(file), { recursive: true });
  const orphans = await unended(file);
  const handle = await open(file, 'a', 0o600);
  let last = Promise.resolve();
  /** A crash or a failed write may have left the beginning of a line; what follows must not be taken for its rest. */
  let torn = true;

  const append = (record: AuditRecord): Promise<void> => {
    const written = last.then(async () => {
      const line = `${torn ? '\n' : ''}${JSON.stringify(record)}\n`;
      torn = true;
      await handle.appendFile(line);
      torn = false;
      await handle.datasync();
    });
    last = written.catch(() => {});
    return written;
  };

  for (const [id, startedAt] of orphans) {
    const record: EndRecord = {
      record: 'end',
      id,
      at: now().toISOString(),
      reason: 'MediaFailed',
      startedAt,
    };
    await append(record);
  }
  return {
    append,
    close: async () => {
      await last;
      await handle.close();
    },
  };
};
