import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { type ProgramName, run } from './run.ts';

/** What a command line came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export const runHere = async (args: readonly string[], name: ProgramName = 'medlyssning'): Promise<Ran> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = [text(stdout), text(stderr)];
  const code = await run(args, name, { stdout, stderr });
  stdout.end();
  stderr.end();
  const [out = '', err = ''] = (await Promise.all(written)).map((one) => stripVTControlCharacters(one));
  return { code, stdout: out, stderr: err };
};
