import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Holds a lock on a file until it is disposed of or this process ends, however it ends: `flock` holds it for a child that reads a
 * pipe of ours, and the pipe closes with us.
 * @param onWait is called once when another holds it
 */
export async function holdLock(file: string, onWait: () => void): Promise<Disposable> {
  mkdirSync(dirname(file), { recursive: true });
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = setTimeout(onWait, 300);
  try {
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once('data', () => resolve());
      holder.once('error', reject);
      holder.once('exit', () => reject(new Error(`The lock ${file} could not be taken: flock ended.`)));
    });
  } finally {
    clearTimeout(waiting);
  }
  return { [Symbol.dispose]: () => holder.stdin.end() };
}
