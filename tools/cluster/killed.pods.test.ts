import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeOwnFolder } from '../control-plane/own-folder.ts';
import { hierarchies, makeGroup } from './cgroups.ts';

const program = join(import.meta.dirname, 'start-until-killed.program.ts');

it('leaves nothing that runs when it is killed, and the next one clears up the rest', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  const { link, folder } = JSON.parse(line) as { readonly link: string; readonly folder: string };
  expect(networkInterfaces()).toHaveProperty(link);
  expect(processesOf(folder)).not.toEqual([]);

  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await gone(() => networkInterfaces()[link] === undefined && processesOf(folder).length === 0);

  rmSync(makeOwnFolder(undefined, 'node'), { recursive: true });
  expect(existsSync(folder)).toBe(false);
  // A group is busy until the last of its processes is wholly gone.
  await gone(() => {
    makeGroup(hierarchies()).remove();
    return hierarchies().every(
      (hierarchy) => !readdirSync(hierarchy.folder).includes(`medlyssning-node-${child.pid}`),
    );
  });
});

/** Processes that were started with something in this folder, or with that node's configuration. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    });
}

async function gone(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (condition()) return;
    await setTimeout(100);
  }
  throw new Error('Something of the killed node is still there.');
}
