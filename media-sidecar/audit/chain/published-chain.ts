import type { AuditWriter } from '../audit-store.ts';
import { AuditStoreError } from '../audit-store.ts';
import type { ChainHead } from './chain-row.ts';

/** Resolves with where a node's chain ended when that was last published elsewhere; `undefined`: it never was. Rejects where nobody can say. */
export type PublishedHead = () => Promise<ChainHead | undefined>;

/**
 * The writer that `open` makes of the head that was published, once that is known; until then nothing is written. A store that was put
 * back to an earlier state, or made anew, while no process had it open, shows by that head alone.
 */
export const fromPublished = (
  published: PublishedHead,
  open: (known: ChainHead | undefined) => AuditWriter,
): AuditWriter => {
  let writer: AuditWriter | undefined;
  const opened = async (): Promise<AuditWriter> => {
    if (writer) return writer;
    const known = await published().catch((error) => {
      throw new AuditStoreError(`nobody says where the chain of audit records ended: ${error.message}`);
    });
    writer ??= open(known);
    return writer;
  };
  return {
    append: async (records) => (await opened()).append(records),
    erase: async (erasure, retentionDays) => (await opened()).erase(erasure, retentionDays),
    close: async () => writer?.close(),
  };
};
