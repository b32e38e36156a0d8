import type { AdmissionReason, EndReason } from '@medlyssning/policy';
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Knowledge } from './gather.ts';
import type { Listen } from './listen.ts';
import type { OpenListens } from './open-listens.ts';

export interface FinishParts {
  readonly know: Knowledge;
  readonly audit: AuditLog;
  readonly log: Logger;
}

/** Where every listen ends, up or not: takes the media down, frees the line, closes the record. Never rejects. */
export const finishListen = async (
  { audit, log, know }: FinishParts,
  open: OpenListens,
  listen: Listen,
  reason: EndReason | AdmissionReason,
): Promise<void> => {
  listen.state = 'ended';
  await listen.undo
    .disposeAsync()
    .catch((error) => log.error({ err: error, id: listen.id }, 'a step of the listen could not be undone'));
  const { cause } = listen;
  const startedAt = listen.joinedAt === undefined ? null : new Date(listen.joinedAt).toISOString();
  const record = { record: 'end', ...listen.recordedAs(know.now()), reason, startedAt } as const;
  await audit
    .append({ ...record, ...(cause && { cause }) })
    .catch((error) => log.error({ err: error, id: listen.id }, 'audit record not written'));
  log.info({ id: listen.id, reason }, 'listening ended');
  open.close(listen);
};
