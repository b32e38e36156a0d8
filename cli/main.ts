import { basename } from 'node:path';
import { run } from './run.ts';

// Whoever reads has seen enough: `listens --watch | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const [, path = '', ...args] = process.argv;
const isPlugin = basename(path).startsWith('kubectl');
process.exitCode = await run(args, isPlugin ? 'kubectl medlyssning' : 'medlyssning', process);
