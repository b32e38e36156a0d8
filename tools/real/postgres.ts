import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianRoot } from './debian-root.ts';
import { debianRootCommand } from './debian-root-command.ts';
import { freePort } from './ports.ts';
import { type RunningProcess, startProcess } from './process.ts';

/** A PostgreSQL server on loopback, with a folder of its own that outlives its restarts. */
export interface Postgres extends AsyncDisposable {
  readonly url: string;
  /** SIGKILL of the server and all its children, as when the machine fails. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
}

/** It will not run as root; its programs are not on Debian's PATH. */
const serve = `set -e
data=$1 port=$2
bin=$(echo /usr/lib/postgresql/*/bin)
as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
if [ ! -d "$data/base" ]; then
  chown postgres "$data"
  as "$bin/initdb" --pgdata="$data" --username=postgres --auth=trust --encoding=UTF8 --locale=C >/dev/null
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups "$bin/postgres" -D "$data" -p "$port" \\
  -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;

/**
 * Brings Debian's PostgreSQL here, in a root of its own, so that who does not need it does not install it, and no other root has to be
 * made anew for it.
 * @returns the root
 * @throws PartsUnavailable
 */
export const ensurePostgres = (onProgress: (line: string) => void): Promise<string> =>
  ensureDebianRoot({ name: 'PostgreSQL', packages: ['postgresql'] }, onProgress);

/**
 * Starts a PostgreSQL of Debian's.
 * @throws PartsUnavailable
 */
export const startPostgres = async (): Promise<Postgres> => {
  const root = await ensurePostgres(() => undefined);
  const data = await mkdtemp(join(tmpdir(), 'medlyssning-postgres-'));
  const port = await freePort();
  const run = () =>
    startProcess({
      name: 'PostgreSQL',
      command: debianRootCommand(root, 'sh', ['-c', serve, 'serve', data, String(port)], tmpdir()),
      // it listens before that, and turns away who comes
      ready: { line: (line) => line.includes('ready to accept connections') },
      readyWithinMs: 60_000,
    });
  let running: RunningProcess = await run();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async kill() {
      await running.kill();
    },
    async start() {
      running = await run();
    },
    async [Symbol.asyncDispose]() {
      await running.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
};
