import { resolve } from 'node:path';
import { World } from '@medlyssning/e2e/lib/world/world.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { hostConsole } from './keep/host-console.ts';
import { keepRunning } from './keep/keep-running.ts';
import { help, type Options, parseOptions } from './options.ts';
import { jsonDocument } from './output/json-document.ts';
import { paintFor } from './output/paint.ts';
import { summaryLines } from './output/summary.ts';
import { timelineLines } from './output/timeline.ts';
import { playShow } from './show/play-show.ts';
import { setStage } from './show/stage.ts';
import { checkShow } from './verify/check-show.ts';
import { makeVoices } from './voices/make-voices.ts';
import { makeFolder, writeFiles } from './write-files.ts';

type Run = Extract<Options, { kind: 'run' }>;

/** What a signal has to wait for before it can take it down. */
let starting: Promise<World> | undefined;
/** A signal ends the show in the middle; what fails then is no news. */
let interrupted = false;

/** Shows everything; resolves with whether all was as expected. */
async function run({ out, keep, json }: Run): Promise<boolean> {
  const began = performance.now();
  const stream = json ? process.stderr : process.stdout;
  const paint = paintFor(stream, process.env);
  const say = (lines: readonly string[]) => {
    if (!interrupted) stream.write(lines.map((line) => `${line}\n`).join(''));
  };
  const progress = (line: string) =>
    process.stderr.write(`${paintFor(process.stderr, process.env)('faint', line)}\n`);

  await makeFolder(resolve(out));
  const parts = await ensureParts(progress);
  const host = keep ? await hostConsole(progress) : undefined;
  starting = World.start({ onProgress: progress, ...host?.options });
  const [world, voices] = await Promise.all([
    starting,
    makeVoices(parts, (problem) => progress(`No speech, so there will be tones: ${problem}`)),
  ]);
  const stage = await setStage(world, voices);
  const startingMs = performance.now() - began;
  progress(`Everything is up after ${(startingMs / 1000).toFixed(1)} s.`);

  say(['', paint('strong', 'Anna talks with a customer. Two may listen, five may not.')]);
  const result = await playShow(world, stage, (event) => say(timelineLines(event, paint)));
  const checks = checkShow(result);
  const written = await writeFiles(resolve(out), result);
  const report = { result, checks, written, startingMs, voices: voices.kind, keep };
  say(summaryLines(report, paint));
  if (json) process.stdout.write(`${JSON.stringify(jsonDocument(report), null, 2)}\n`);
  if (host) await keepRunning(world, stage, host, { say, paint });
  return checks.every(({ held }) => held);
}

/** Ends whatever runs, but never waits long: what is left dies with this process. */
async function stop(): Promise<void> {
  const world = starting;
  starting = undefined;
  const stopped = world?.then((one) => one.stop()).catch(() => undefined);
  await Promise.race([stopped, new Promise((done) => setTimeout(done, 5000))]);
}

/** The last complaints in the sidecar's log, which may say why the show failed. */
async function complaints(): Promise<readonly string[]> {
  const log = (await starting?.catch(() => undefined))?.sidecar.output() ?? '';
  return log
    .split('\n')
    .filter((line) => /"level":[456]0/.test(line))
    .slice(-3);
}

function stopOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      interrupted = true;
      process.stderr.write('\nStopping …\n');
      void stop().finally(() => process.exit(code));
    });
  }
}

/** Whoever read our output has left (`| head`): nothing more needs to be shown. */
function stopWhenUnread(): void {
  process.stdout.on('error', () => void stop().finally(() => process.exit(1)));
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.kind === 'help') {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if (options.kind === 'wrong') {
    process.stderr.write(`${options.message}\nSee npm run demo -- --help.\n`);
    return 2;
  }
  stopOnSignals();
  stopWhenUnread();
  try {
    return (await run(options)) ? 0 : 1;
  } catch (error) {
    if (interrupted) return new Promise<never>(() => {});
    const message = error instanceof Error ? error.message : String(error);
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, error: message }, null, 2)}\n`);
    process.stderr.write(['', `The demo failed: ${message}`, ...(await complaints()), ''].join('\n'));
    return 1;
  } finally {
    await stop();
  }
}

process.exit(await main());
