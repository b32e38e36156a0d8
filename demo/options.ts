import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly out: string; readonly keep: boolean; readonly json: boolean };

export const help = `medlyssning demo: a real call, two who listen to it, five who may not

Starts two rtpengines, Kamailio and the media sidecar on this machine, lets
people of examples/ telephone, and checks what each of them heard.

Usage: npm run demo [-- OPTIONS]

  --out DIR   where what each person heard goes as WAV, with the audit
              records (default: demo-output)
  --keep      leave it running, and say how to listen in a browser or with a
              softphone, and how to ask the HTTP API
  --json      one JSON document on standard output, progress on standard error
  --help      this text

Examples:
  npm run demo
  npm run demo -- --keep
  npm run --silent demo -- --json | jq .whoHearsWhom

Exit codes: 0 everything was as expected; 1 something was not, or could not be
started; 2 the command line is not usable; 130 interrupted.`;

/** Reads the command line, without the program's name. */
export function parseOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string', default: 'demo-output' },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    if (values.out === '') return { kind: 'wrong', message: '--out needs the name of a folder.' };
    return { kind: 'run', out: values.out, keep: values.keep, json: values.json };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}
