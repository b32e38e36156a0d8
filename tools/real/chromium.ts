import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Command } from './command.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { debianRootCommand } from './debian-root-command.ts';
import { isOnPath } from './find-on-path.ts';
import { type RunningProcess, startProcess } from './process.ts';

export interface ChromiumOptions {
  /** Its profile, within the folder for temporary files or the project; made when missing. */
  readonly workDir: string;
  readonly onProgress?: (line: string) => void;
  readonly logFile?: string;
}

export interface Chromium extends RunningProcess {
  /** Where it is driven from, by the Chrome DevTools Protocol: `ws://127.0.0.1:…`. */
  readonly endpoint: string;
}

const switches = [
  '--headless=new',
  // this process is root, in a root of its own
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
  // engine and browser are both on this machine
  '--allow-loopback-in-peer-connection',
  '--remote-debugging-port=0',
] as const;

/**
 * Starts a Chromium without a window and without a sound card. It comes from PATH, else from a Debian root of its own: it is as large as
 * all other parts together, and only the tests of the browser need it.
 * @throws PartsUnavailable
 */
export async function startChromium(options: ChromiumOptions): Promise<Chromium> {
  const { workDir, logFile, onProgress = () => undefined } = options;
  mkdirSync(workDir, { recursive: true });
  const chromium = await ensureChromium(onProgress);
  let endpoint: string | undefined;
  const running = await startProcess({
    name: 'Chromium',
    command: chromium([...switches, `--user-data-dir=${workDir}`, 'about:blank']),
    ready: {
      line(line) {
        endpoint ??= /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
        return endpoint !== undefined;
      },
    },
    readyWithinMs: 30_000,
    ...(logFile === undefined ? {} : { logFile }),
  });
  return { ...running, endpoint: endpoint ?? '' };
}

/**
 * Brings Chromium here.
 * @returns how it is started with these arguments
 * @throws PartsUnavailable
 */
export async function ensureChromium(
  onProgress: (line: string) => void,
): Promise<(args: readonly string[]) => Command> {
  if (isOnPath('chromium')) return (args) => ({ file: 'chromium', args });
  const root = await ensureDebianRoot(
    { name: 'Chromium', packages: ['chromium'], lacking: 'Chromium is not on PATH.' },
    onProgress,
  );
  return (args) => debianRootCommand(root, 'chromium', args, tmpdir());
}
