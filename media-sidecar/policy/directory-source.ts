import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createCompilerOfAll, parseResources, problemText } from '@medlyssning/policy';
import type { Logger } from 'pino';
import { type GoodObjects, keepLastGood } from './last-good.ts';
import type { PolicyStore } from './policy-store.ts';
import { type PolicyFile, readDirectory } from './read-directory.ts';

export interface DirectorySource {
  /** Reads the directory now; resolves when what it says is in force. */
  refresh(): Promise<void>;
  close(): void;
}

/** An editor writes a file in several steps; what is read in between is half a file. */
const settleMs = 20;
/**
 * A watch may miss changes (network file systems, swapped directories), and the policy's age is confirmed by reading:
 * well before the shortest maxPolicyAgeSeconds, 5, is over.
 */
const rereadMs = 2_000;
/** A directory that could not be read is tried again after this long. */
const retryMs = 1_000;
/** The longest delay a timer takes. */
const longestTimer = 2 ** 31 - 1;

const isSame = (a: readonly PolicyFile[], b: readonly PolicyFile[]): boolean =>
  a.length === b.length && a.every((file, i) => file.file === b[i]?.file && file.text === b[i]?.text);

/**
 * Follows a directory of the same YAML that is applied to a cluster, and keeps what it compiles to in force. An edit
 * that breaks an object keeps that object's last good form and is logged with file, line and field; a directory that
 * cannot be read leaves the policy to grow old, until listening is refused with `PolicyStale`.
 */
export const openDirectorySource = async (
  directory: string,
  store: PolicyStore,
  log: Logger,
): Promise<DirectorySource> => {
  let good: GoodObjects = new Map();
  let lastRead: readonly PolicyFile[] = [];
  let reported = '';
  let dueAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let again = false;
  let settle: NodeJS.Timeout | undefined;
  let byTime: NodeJS.Timeout | undefined;
  let closed = false;
  let readable = true;
  let watcher: FSWatcher | undefined;
  /** Inode of the directory that is watched; `undefined` where that watch is of no more use. */
  let watched: number | undefined;

  const soon = (ms: number): void => {
    clearTimeout(settle);
    settle = setTimeout(() => void refresh(), ms);
  };

  /** A directory that was moved away, or put in another's place, needs a new watch. */
  const follow = async (): Promise<void> => {
    const { ino } = await stat(directory);
    if (ino === watched) return;
    watcher?.close();
    watcher = watch(directory, { recursive: true }, () => soon(settleMs));
    watcher.on('error', (error) => {
      watched = undefined;
      log.warn({ err: error }, 'the policy directory is no longer watched');
    });
    watched = ino;
  };

  const compile = createCompilerOfAll();

  const read = async (): Promise<void> => {
    await follow();
    const files = await readDirectory(directory);
    if (isSame(files, lastRead) && Date.now() < dueAt) return store.confirm();
    lastRead = files;
    const before = [...good.values()].flat().map((located) => located.resource);
    const { resources, problems } = parseResources(files, before);
    const names = files.map(({ file }) => file);
    good = keepLastGood(good, names, resources, problems);
    const complaints = problems.map(problemText);
    if (complaints.join('\n') !== reported) {
      for (const complaint of complaints) log.error({ problem: complaint }, 'the YAML has a mistake');
      reported = complaints.join('\n');
    }
    const all = [...good.values()].flat().map((located) => located.resource);
    const { policies, nextChangeAt } = compile(all, new Date());
    store.replaceAll(policies);
    clearTimeout(byTime);
    dueAt = nextChangeAt?.getTime() ?? Number.POSITIVE_INFINITY;
    if (nextChangeAt) {
      const wait = Math.max(0, dueAt - Date.now());
      byTime = setTimeout(() => void refresh(), Math.min(wait, longestTimer));
    }
  };

  /** One reading at a time; a change seen while reading asks for one more. */
  const refresh = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await read().then(
          () => {
            readable = true;
          },
          (error) => {
            if (readable) log.error({ err: error }, 'the policy directory cannot be read');
            readable = false;
            watched = undefined;
            if (!closed) soon(retryMs);
          },
        );
      } while (again);
      running = undefined;
    })();
    return running;
  };

  await follow();
  await refresh();
  const reread = setInterval(() => void refresh(), rereadMs);
  return {
    refresh,
    close() {
      closed = true;
      watcher?.close();
      clearTimeout(settle);
      clearTimeout(byTime);
      clearInterval(reread);
    },
  };
};
