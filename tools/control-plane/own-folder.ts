import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a folder in `parent` that carries the pid of this process, and removes those of processes that are gone: who is killed cannot
 * remove its own, and each holds more than 100 MB.
 */
export function makeOwnFolder(parent: string = tmpdir(), purpose = 'control-plane'): string {
  const prefix = `medlyssning-${purpose}-`;
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}
