import { existsSync } from 'node:fs';
import type { AuditReader } from '@medlyssning/media-sidecar/audit/audit-store.ts';
import { openAuditReader } from '@medlyssning/media-sidecar/audit/open-audit-reader.ts';
import { Unanswered, UsageError, whyText } from '../errors.ts';

/** Where records are read from: a media node's file, or the database of many. */
export type StoreNamed = { readonly sqlite: string } | { readonly postgres: string };

/** Opens the store to read, and closes it. @throws Unanswered, UsageError */
export const withStore = async <T>(
  named: StoreNamed,
  use: (reader: AuditReader) => Promise<T>,
): Promise<T> => {
  const [reader, name] = open(named);
  try {
    return await use(reader);
  } catch (cause) {
    if (cause instanceof Unanswered || cause instanceof UsageError) throw cause;
    throw new Unanswered(`The records in ${name} cannot be read: ${whyText(cause)}.${adviceFor(named)}`, {
      cause,
    });
  } finally {
    await reader.close();
  }
};

const open = (named: StoreNamed): readonly [AuditReader, string] => {
  if ('postgres' in named) {
    const url = databaseOf(named.postgres);
    return [openAuditReader({ postgres: { url: url.href } }), `${url.host}${url.pathname}`];
  }
  const { sqlite: file } = named;
  if (!existsSync(file))
    throw new Unanswered(
      `There is no file ${file}. Name the one of audit.sqlite in the configuration of the sidecar.`,
    );
  return [openAuditReader({ sqlite: file }), file];
};

const databaseOf = (text: string): URL => {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    throw new UsageError('--postgres takes a URL such as postgres://reader@db.example/audit.');
  if (url.password !== '' || url.searchParams.has('password'))
    throw new UsageError(
      'Write no password in --postgres, where every process of this machine reads it. It is taken from PGPASSWORD, or from ~/.pgpass.',
    );
  return url;
};

const adviceFor = (named: StoreNamed): string =>
  'postgres' in named
    ? ' Name the database of audit.postgres.url in the configuration of the sidecars, as a user who may SELECT there; the password comes from PGPASSWORD or ~/.pgpass.'
    : '';
