import type { AuditEntry, AuditQuery, AuditReader } from '../../audit/audit-store.ts';
import { writeCursor } from '../../audit/cursor.ts';
import type { AttemptView } from './views/attempt-view.ts';

export interface AttemptsPage {
  readonly attempts: readonly AttemptView[];
  /** For `after` of the next page; null where this is the last. */
  readonly next: string | null;
}

export interface Search {
  readonly page: AuditReader['page'];
  readonly query: AuditQuery;
  readonly show: (entry: AuditEntry) => AttemptView;
  /** Is it one of those asked for, by what is shown of it? `undefined`: all are. */
  readonly fits: ((attempt: AttemptView) => boolean) | undefined;
}

const rowsAtOnce = 200;
/** One request looks through 2,000 records at most. */
const mostPages = 10;

/**
 * A page of attempts. What is filtered out is filtered by what is shown, so that no filter tells of what is not; a page may thus hold
 * fewer than asked for, and none, and still not be the last.
 */
export const findAttempts = async ({ page, query, show, fits }: Search): Promise<AttemptsPage> => {
  const attempts: AttemptView[] = [];
  let after = query.after ?? null;
  for (let n = 0; n < mostPages; n++) {
    const limit = fits ? rowsAtOnce : query.limit;
    const { entries, next } = await page({ ...query, after: after ?? undefined, limit });
    for (const [i, entry] of entries.entries()) {
      const attempt = show(entry);
      if (fits && !fits(attempt)) continue;
      attempts.push(attempt);
      const isLast = i === entries.length - 1;
      if (attempts.length === query.limit) return { attempts, next: isLast ? next : cursorAt(entry) };
    }
    after = next;
    if (after === null) break;
  }
  return { attempts, next: after };
};

const cursorAt = ({ attempt, node, seq }: AuditEntry): string =>
  writeCursor({ at: Date.parse(attempt.at), node, seq });
