import { existsSync } from 'node:fs';
import type { AuditPage, AuditReader } from '@medlyssning/media-sidecar/audit/audit-store.ts';
import { openAuditReader } from '@medlyssning/media-sidecar/audit/open-audit-reader.ts';
import { shortenNumbers } from '@medlyssning/media-sidecar/audit/shorten-numbers.ts';
import { type Command, InvalidArgumentError } from 'commander';
import { readHeads } from '../audit/read-heads.ts';
import { exitCodes, Unanswered, UsageError, whyText } from '../errors.ts';
import { pageLines, verificationLines } from '../print/audit-lines.ts';
import { type Output, writeAnswer } from '../print/output.ts';
import { type OutputOptions, readTime, withExamples, withOutput } from './options.ts';

interface AuditArguments extends OutputOptions {
  readonly store: string;
  readonly verify?: true;
  readonly log?: string;
  readonly company?: string;
  readonly listener?: string;
  readonly target?: string;
  readonly from?: Date;
  readonly until?: Date;
  readonly limit: number;
  readonly after?: string;
}

/** `audit --store FILE`: who asked to listen to whom; with `--verify`: is the record as it was written? */
export const auditCommand = (command: Command, output: Output, finish: (code: number) => void): Command => {
  command
    .description('Who asked to listen to whom, and what came of it; or, is the record as it was written?')
    .requiredOption('--store <file>', 'the records of a media node (audit.sqlite of its configuration)')
    .option(
      '--verify',
      'go through the chain of all records, and name what was changed, removed or reordered',
    )
    .option('--log <file>', 'with --verify: log of the sidecar, which tells where the chain ended')
    .option('--company <namespace/name>', 'whose attempts (default: the only company there)')
    .option('--listener <user>', 'attempts of this User')
    .option('--target <user>', 'attempts on this User')
    .option('--from <time>', 'not before', readTime)
    .option('--until <time>', 'before', readTime)
    .option('--limit <number>', 'how many, newest first, at most 200', readLimit, 50)
    .option('--after <cursor>', 'go on where an answer ended')
    .addHelpText(
      'after',
      '\nNumbers of phones are shortened. Where a sidecar writes to the file meanwhile, it is not disturbed.',
    );
  withExamples(withOutput(command), [
    ['audit --store /var/lib/medlyssning/audit.db', 'The newest attempts'],
    [
      'audit --store audit.db --target anna --from 2026-06-01T00:00:00Z -o json',
      'Who asked to listen to Anna since June',
    ],
    ['audit --store audit.db --verify --log sidecar.log', 'Is it whole? The exit code is 1 where it is not'],
  ]);
  return command.action(async (options: AuditArguments) => {
    if (options.log !== undefined && !options.verify) throw new UsageError('--log goes with --verify only.');
    await withStore(options.store, async (reader) => {
      if (options.verify) {
        const verification = await reader.verify(
          options.log === undefined ? [] : await readHeads(options.log),
        );
        writeAnswer(output, options.output, {
          data: verification,
          lines: (print) => verificationLines(verification, options.log !== undefined, print),
        });
        return finish(verification.flawCount === 0 ? exitCodes.yes : exitCodes.no);
      }
      const page = await pageOf(reader, options);
      writeAnswer(output, options.output, { data: page, lines: (print) => pageLines(page, print) });
    });
  });
};

const readLimit = (text: string): number => {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new InvalidArgumentError('Write a number from 1 to 200.');
};

const withStore = async (file: string, use: (reader: AuditReader) => Promise<void>): Promise<void> => {
  if (!existsSync(file))
    throw new Unanswered(
      `There is no file ${file}. Name the one of audit.sqlite in the configuration of the sidecar.`,
    );
  const reader = openAuditReader({ sqlite: file });
  try {
    await use(reader);
  } catch (cause) {
    if (cause instanceof Unanswered || cause instanceof UsageError) throw cause;
    throw new Unanswered(`The records in ${file} cannot be read: ${whyText(cause)}.`, { cause });
  } finally {
    await reader.close();
  }
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
