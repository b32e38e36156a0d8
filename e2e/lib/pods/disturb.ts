import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PodsWorld, system } from './pods-world.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

/** What runs in the container `media-sidecar`, through the debugger that Node opens upon SIGUSR1: memory until the kernel ends it. */
const eatMemory = `
process.kill(1, 'SIGUSR1');
let targets;
while (!targets) targets = await fetch('http://127.0.0.1:9229/json/list').then((answer) => answer.json(), () => undefined);
const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
await new Promise((open) => { socket.onopen = open; });
const expression = 'globalThis.eaten = []; for (;;) globalThis.eaten.push(Buffer.alloc(2 ** 25, 1));';
socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
await new Promise((closed) => { socket.onclose = closed; });
`;

/** Lets the sidecar grow until the kernel kills it for its limit. */
export const exhaustSidecar = async (world: PodsWorld): Promise<void> => {
  const container = ['--namespace', system, '--container', 'media-sidecar'];
  // The one who asks may be taken along, so that how this ends says nothing.
  await world.cluster.kubectl([
    ...['exec', 'medlyssning-media-0', ...container, '--', 'node'],
    ...['--input-type=module', '--eval', eatMemory],
  ]);
};

/** SIGKILL to the listening engine of this world's media pod. */
export const killListeningEngine = (world: PodsWorld): void => {
  const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isListeningEngine(pid, world));
  if (found.length !== 1) throw new Error(`There are ${found.length} listening engines, not one.`);
  process.kill(Number(found[0]), 'SIGKILL');
};

const isListeningEngine = (pid: string, { cluster }: PodsWorld): boolean => {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return (
      args[0] === '/usr/bin/rtpengine' &&
      args.includes('--audio-buffer-length=3000') &&
      args.includes(`--interface=${cluster.network.node}`)
    );
  } catch {
    return false;
  }
};

/** A chart of the platform as a later release might have it: another version, and a definition with one column more. */
export const laterChart = async (): Promise<string> => {
  const folder = join(await mkdtemp(join(tmpdir(), 'medlyssning-chart-')), 'medlyssning');
  await cp(join(repository, 'charts', 'medlyssning'), folder, { recursive: true });
  const edit = async (file: string, from: string, to: string) => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} of the chart has no ${JSON.stringify(from)}.`);
    await writeFile(path, text.replace(from, to));
  };
  await edit('Chart.yaml', '\nversion: ', '\nversion: 1');
  await edit(
    'files/crds/company.yaml',
    'additionalPrinterColumns:\n',
    'additionalPrinterColumns:\n        - { name: Later, type: string, jsonPath: .spec.country }\n',
  );
  return folder;
};

/** How the container `media-sidecar` last ended, or an empty text. */
export const lastEndOfSidecar = (world: PodsWorld): Promise<string> =>
  world.kubectl(
    ...['get', 'pod', 'medlyssning-media-0', '--namespace', system],
    '--output=jsonpath={.status.containerStatuses[?(@.name=="media-sidecar")].lastState.terminated.reason}',
  );
