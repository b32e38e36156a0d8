import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'run';
      /** The one bench to run; `undefined`: all. */
      readonly only: string | undefined;
      readonly json: boolean;
      readonly write: boolean;
    };

/** The text of `--help`. */
export const help = (benches: readonly { readonly name: string; readonly about: string }[]): string =>
  `medlyssning bench: the figures of docs/benchmarks.md, measured on this machine

Usage: npm run bench [-- OPTIONS]

  --only NAME  one of:
${benches.map(({ name, about }) => `               ${name.padEnd(13)} ${about}`).join('\n')}
  --json       one JSON document on standard output in place of the table
  --write      also put the tables into docs/benchmarks.md
  --help       this text

It takes about 25 minutes, fifteen of them for policy-reach. The machine should have nothing else to do.
For a quick look: BENCH_LISTENS, how many listens each way (200);
BENCH_SECONDS, how long the observer watches a busy rtpengine (30), calls
change for the subscribers of events (20) and policy-reach changes policy
without a rest (60); BENCH_USERS, sizes of the company in policy-reach
(100,5000,50000); BENCH_CHANGES, changes in each (100).

Examples:
  npm run bench
  npm run bench -- --only decide
  BENCH_LISTENS=20 npm run --silent bench -- --only first-audio --json

Exit codes: 0 all was measured, whether or not a target was met; 1 something
could not be measured; 2 the command line is not usable; 130 interrupted.`;

/** Reads the command line, without the program's name. */
export function parseOptions(args: readonly string[], names: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { only, json, write } = values;
    if (values.help) return { kind: 'help' };
    if (only !== undefined && !names.includes(only))
      return { kind: 'wrong', message: `There is no bench "${only}"; there are ${names.join(', ')}.` };
    return { kind: 'run', only, json, write };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}
