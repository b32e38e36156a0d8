import { basename } from 'node:path';
import { run } from './run.ts';

const [, path = '', ...args] = process.argv;
const isPlugin = basename(path).startsWith('kubectl');
process.exitCode = await run(args, isPlugin ? 'kubectl medlyssning' : 'medlyssning', process);
