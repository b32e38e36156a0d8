import type { AuditPage, AuditReader, AuditWriter, Kept, Unended } from '../audit-store.ts';
import type { ChainHead, ChainRow } from '../chain/chain-row.ts';
import type { Verification } from '../chain/verify-chains.ts';
import { beforeAll, type ChainPlace } from '../chain/withheld-rows.ts';
import { WorkerClient } from './worker-client.ts';
import type { Appended } from './worker-protocol.ts';

/**
 * The chain of NODE in FILE, written by a thread of its own. Nothing is opened before the first use, and what fails is opened
 * anew at the next.
 * @param onRowsLost rows up to the head that is known are gone from the file; told at each write until the chain has gone on
 * @param known the head, where it was published elsewhere
 */
export const sqliteWriter = (
  file: string,
  node: string,
  onRowsLost: () => void,
  known?: ChainHead,
): AuditWriter => {
  const client = new WorkerClient(() => ({ file, node, ...(known && { known }) }));
  const checkpoint = (truncate: boolean) => client.ask({ op: 'checkpoint', truncate }).catch(() => {});
  return {
    async append(records) {
      const { head, lacksRows } = (await client.ask({ op: 'append', records })) as Appended;
      known = head;
      if (lacksRows) onRowsLost();
      void checkpoint(false);
      return head;
    },
    async erase(erasure, retentionDays) {
      const erased = (await client.ask({ op: 'erase', erasure, retentionDays })) as number;
      void checkpoint(true);
      return erased;
    },
    close: () => client.close(),
  };
};

/** Reads FILE in a thread of its own, so that no question, however long it takes, keeps a record waiting. */
export const sqliteReader = (file: string): AuditReader => {
  const client = new WorkerClient(() => ({ file, node: '' }));
  return {
    page: async (query) => (await client.ask({ op: 'page', query })) as AuditPage,
    unended: async (node) => (await client.ask({ op: 'unended', node })) as readonly Unended[],
    kept: async () => (await client.ask({ op: 'kept' })) as readonly Kept[],
    verify: async (published = []) => (await client.ask({ op: 'verify', published })) as Verification,
    companyRows: async (company, after) =>
      (await client.ask({ op: 'companyRows', company, after })) as readonly ChainRow[],
    async *rows() {
      let after: ChainPlace = beforeAll;
      for (;;) {
        const rows = (await client.ask({ op: 'rowsAfter', after })) as readonly ChainRow[];
        yield* rows;
        const last = rows.at(-1);
        if (!last) return;
        after = last;
      }
    },
    close: () => client.close(),
  };
};
