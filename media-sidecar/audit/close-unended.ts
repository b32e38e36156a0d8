import type { Logger } from 'pino';
import { every } from '../timing/every.ts';
import type { AuditLog } from './audit-log.ts';
import type { AuditReader } from './audit-store.ts';

export interface CloseUnendedParts {
  readonly node: string;
  readonly reader: Pick<AuditReader, 'unended'>;
  readonly audit: AuditLog;
  /** Is this a listen of this very process? */
  readonly isOurs: (id: string) => boolean;
  readonly now: () => number;
  readonly log: Logger;
  readonly againMs?: number;
}

/**
 * Closes the record of each listen that an earlier life of this node left open, with `NodeEnded`; again and again until the store
 * lets it. To be called once nothing of those listens is up any more.
 */
export const closeUnended = (parts: CloseUnendedParts): { stop(): void } => {
  const { node, reader, audit, isOurs, now, log, againMs = 1_000 } = parts;
  const tries = every(againMs, async () => {
    try {
      const unended = (await reader.unended(node)).filter(({ id }) => !isOurs(id));
      const at = new Date(now()).toISOString();
      await Promise.all(
        unended.map((listen) => audit.append({ record: 'end', ...listen, at, reason: 'NodeEnded' })),
      );
      if (unended.length > 0)
        log.warn({ listens: unended.length }, 'records that an earlier run left open, closed');
      tries.stop();
    } catch (error) {
      log.warn({ err: error }, 'records that an earlier run left open could not be closed; trying again');
    }
  });
  return tries;
};
