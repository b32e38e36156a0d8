import type { AuditPage, AuditReader } from '@medlyssning/media-sidecar/audit/audit-store.ts';
import {
  type PublishedHead,
  type Verification,
  verifyChains,
} from '@medlyssning/media-sidecar/audit/chain/verify-chains.ts';
import { exportedRows } from '@medlyssning/media-sidecar/audit/exported-rows.ts';
import { shortenNumbers } from '@medlyssning/media-sidecar/audit/shorten-numbers.ts';
import type { Language } from '@medlyssning/policy';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { auditBySidecar } from '../audit/audit-by-sidecar.ts';
import { exportBySidecar } from '../audit/export-by-sidecar.ts';
import { readExport } from '../audit/read-export.ts';
import { readHeads } from '../audit/read-heads.ts';
import type { StoreNamed } from '../audit/with-store.ts';
import { writeExport } from '../audit/write-export.ts';
import { exitCodes, Unanswered, UsageError } from '../errors.ts';
import { attemptLines, pageLines, verificationLines } from '../print/audit-lines.ts';
import { type Output, writeAnswer } from '../print/output.ts';
import { waitingFor } from '../print/waiting-for.ts';
import { openSidecar } from '../sidecar/sidecar.ts';
import { answers } from '../texts/answers.ts';
import {
  type OutputOptions,
  readTime,
  type ServerOptions,
  withExamples,
  withLanguage,
  withOutput,
  withToken,
} from './options.ts';

interface AuditArguments extends ServerOptions, OutputOptions {
  readonly store?: string;
  readonly postgres?: string;
  readonly verify?: true | string;
  readonly export?: true;
  readonly log?: string;
  readonly listener?: string;
  readonly target?: string;
  readonly from?: Date;
  readonly until?: Date;
  readonly limit: number;
  readonly after?: string;
  readonly lang: Language;
}

/** `audit --store FILE`: who asked to listen to whom; with `--verify`: is the record as it was written? */
export const auditCommand = (command: Command, output: Output, finish: (code: number) => void): Command => {
  command
    .description('Who asked to listen to whom, and what came of it; or, is the record as it was written?')
    .option('--store <file>', 'the records of a media node (audit.sqlite of its configuration)')
    .option('--postgres <url>', 'the records of many (audit.postgres); password in PGPASSWORD or ~/.pgpass')
    .option(
      '--verify [export]',
      'go through the chain of all records, or of an export (-: standard input), and name what was changed, removed or reordered',
    )
    .option('--log <file>', 'with --verify: log of the sidecars, which tells where the chains ended')
    .addOption(
      new Option(
        '--export',
        'all rows with what proves them, one JSON line each, whole numbers and all: of a store, of its --company, or of an administrator’s company',
      ).conflicts(['verify', 'listener', 'target', 'from', 'until', 'after', 'output']),
    )
    .option('--company <namespace/name>', 'of a store: whose attempts (default: the only company there)')
    .option('--listener <user>', 'attempts of this User')
    .option('--target <user>', 'attempts on this User')
    .option('--from <time>', 'not before', readTime)
    .option('--until <time>', 'before', readTime)
    .option('--limit <number>', 'how many, newest first, at most 200', readLimit, 50)
    .option('--after <cursor>', 'go on where an answer ended')
    .addHelpText(
      'after',
      `
Name one of --store, --postgres and --server, or an export to verify. A sidecar tells what the one who signed in may know;
stores tell all. Numbers of phones are shortened; a sidecar tells an administrator whole ones (-o json), and an export has
them, since they are part of what is proved. Nothing is written, and a sidecar that writes meanwhile is not disturbed.`,
    );
  withExamples(withLanguage(withOutput(withToken(command))), [
    ['audit --store /var/lib/medlyssning/audit.db', 'The newest attempts'],
    [
      'audit --store audit.db --target anna --from 2026-06-01T00:00:00Z -o json',
      'Who asked to listen to Anna since June',
    ],
    ['audit --store audit.db --verify --log sidecar.log', 'Is it whole? The exit code is 1 where it is not'],
    ['audit --postgres postgres://reader@db.example/audit --verify', 'The same of all nodes of a database'],
    ['audit --store audit.db --export > audit.ndjson', 'To keep elsewhere, or to give to an auditor'],
    ['audit --verify audit.ndjson', 'Is what they got whole?'],
    ['audit --server https://media-1:8443 --token-file token', 'What one may know oneself'],
  ]);
  return command.action(async (options: AuditArguments) => {
    const words = answers[options.lang];
    const { server, log, output: format } = options;
    const tellVerified = async (verify: (published: readonly PublishedHead[]) => Promise<Verification>) => {
      const published = log === undefined ? [] : await readHeads(log);
      const verification = await waitingFor(output, '--verify', verify(published));
      writeAnswer(output, format, {
        data: verification,
        lines: (print) => verificationLines(verification, log !== undefined, words, print),
      });
      return finish(verification.flawCount === 0 ? exitCodes.yes : exitCodes.no);
    };
    const named = storeNamed(options);
    if (typeof options.verify === 'string') {
      const read = await readExport(options.verify);
      return tellVerified((published) => verifyChains(read, published));
    }
    if (named === undefined) {
      const sidecar = openSidecar({ server: server ?? '', tokenFile: options.tokenFile });
      if (options.export) return writeExport(output, exportBySidecar(sidecar));
      const told = await waitingFor(output, sidecar.name, auditBySidecar(options, sidecar));
      return writeAnswer(output, format, {
        data: told,
        lines: (print) => attemptLines(told, words, print),
      });
    }
    // Only where it is needed: what speaks with databases takes long to load.
    const { withStore } = await import('../audit/with-store.ts');
    if (options.export)
      return withStore(named, (reader) =>
        writeExport(
          output,
          options.company === undefined ? reader.rows() : exportedRows(reader, options.company),
        ),
      );
    if (options.verify)
      return tellVerified((published) => withStore(named, (reader) => reader.verify(published)));
    const page = await waitingFor(
      output,
      'audit',
      withStore(named, (reader) => pageOf(reader, options)),
    );
    writeAnswer(output, format, { data: page, lines: (print) => pageLines(page, words, print) });
  });
};

/** `undefined`: a sidecar is asked. @throws UsageError */
const storeNamed = (options: AuditArguments): StoreNamed | undefined => {
  const { store, postgres, server, verify, log, company } = options;
  if (typeof verify === 'string') {
    if ([store, postgres, server, company].some((one) => one !== undefined))
      throw new UsageError(
        '--verify takes an export, or --store FILE or --postgres URL: name one. To verify a store, write --verify last.',
      );
    return undefined;
  }
  if ([store, postgres, server].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Name where the records are: one of --store FILE, --postgres URL and --server URL.');
  if (log !== undefined && !verify) throw new UsageError('--log goes with --verify only.');
  if (store !== undefined) return { sqlite: store };
  if (postgres !== undefined) return { postgres };
  if (verify)
    throw new UsageError(
      '--verify needs the store itself (--store FILE or --postgres URL), or an export: --verify FILE.',
    );
  if (company !== undefined)
    throw new UsageError('--company is for stores: a sidecar tells people of their own company alone.');
  return undefined;
};

const readLimit = (text: string): number => {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new InvalidArgumentError('Write a number from 1 to 200.');
};

const pageOf = async (reader: AuditReader, options: AuditArguments): Promise<AuditPage> => {
  const { listener, target, from, until, after, limit } = options;
  const page = await reader.page({
    company: options.company ?? (await onlyCompany(reader)),
    ...(listener !== undefined && { listener }),
    ...(target !== undefined && { target }),
    ...(from && { from: from.getTime() }),
    ...(until && { until: until.getTime() }),
    ...(after !== undefined && { after }),
    limit,
  });
  return {
    ...page,
    entries: page.entries.map((entry) => ({ ...entry, attempt: shortenNumbers(entry.attempt) })),
  };
};

/** @throws UsageError where there are several */
const onlyCompany = async (reader: AuditReader): Promise<string> => {
  const companies = [...new Set((await reader.kept()).flatMap(({ company }) => company ?? []))].toSorted();
  const [only] = companies;
  if (companies.length > 1) throw new UsageError(`Name one with --company: ${companies.join(', ')}.`);
  if (only === undefined) throw new Unanswered('There is no attempt by anybody of a company here.');
  return only;
};
