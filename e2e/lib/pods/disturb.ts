import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

/** A signal to the listening engine of this world's media pod. */
export const signalListeningEngine = (world: PodsWorld, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void => {
  const [engine, ...more] = mediaProcesses(world, '/usr/bin/rtpengine', '--audio-buffer-length=3000');
  if (engine === undefined || more.length > 0) throw new Error('There is not one listening engine.');
  process.kill(engine, signal);
};

/**
 * Ends the sidecar without a word, in a pod whose image of it is from then on not to be had.
 * @returns what makes it to be had again
 */
export const takeSidecarAway = async (world: PodsWorld): Promise<() => Promise<void>> => {
  const pod = ['pod/medlyssning-media-0', '--namespace', system] as const;
  const image = await world.kubectl('get', ...pod, '--output=jsonpath={.spec.containers[0].image}');
  const setImage = async (name: string) => {
    await world.kubectl('set', 'image', ...pod, `media-sidecar=${name}`);
  };
  await setImage(`${image}-not-to-be-had`);
  // One that is to have another image is asked to drain first; by that time the old one is not started again.
  await preStopBegun(world);
  for (const pid of mediaProcesses(world, '/usr/local/bin/node', '/app/main.mjs', '--config'))
    process.kill(pid, 'SIGKILL');
  return () => setImage(image);
};

/** Resolves when the media pod waits for its calls and listens to end. */
export const preStopBegun = async (world: PodsWorld): Promise<void> => {
  while (waiting(world).length === 0) await setTimeout(50);
};

/** Ends the time that it has for that, once it waits. */
export const endPreStop = (world: PodsWorld): void => {
  for (const pid of waiting(world)) process.kill(pid, 'SIGTERM');
};

/** What waits in the preStop of the sidecar. */
const waiting = (world: PodsWorld) => mediaProcesses(world, 'node', '/etc/medlyssning/drain.mjs');

/** Processes of this world's media pod that were started as this program with this argument. */
const mediaProcesses = ({ cluster }: PodsWorld, ...[program, ...args]: readonly string[]): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      const [ran, ...given] = readOfProcess(pid, 'cmdline');
      return ran === program && args.every((arg) => given.includes(arg));
    })
    .filter((pid) => readOfProcess(pid, 'environ').includes(`POD_IP=${cluster.network.node}`))
    .map(Number);

/** Nothing of a process that has ended meanwhile. */
const readOfProcess = (pid: string, file: 'cmdline' | 'environ'): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
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

/** How often the engines of the media pod were started anew. */
export const engineRestarts = async (world: PodsWorld): Promise<Readonly<Record<string, number>>> => {
  const pod = ['pod', 'medlyssning-media-0', '--namespace', system];
  const { status } = JSON.parse(await world.kubectl('get', ...pod, '--output=json')) as {
    readonly status: {
      readonly initContainerStatuses: readonly { readonly name: string; readonly restartCount: number }[];
    };
  };
  return Object.fromEntries(
    status.initContainerStatuses.map(({ name, restartCount }) => [name, restartCount]),
  );
};

/** How the container `media-sidecar` last ended, or an empty text. */
export const lastEndOfSidecar = (world: PodsWorld): Promise<string> =>
  world.kubectl(
    ...['get', 'pod', 'medlyssning-media-0', '--namespace', system],
    '--output=jsonpath={.status.containerStatuses[?(@.name=="media-sidecar")].lastState.terminated.reason}',
  );
