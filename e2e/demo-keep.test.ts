import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChromium } from '@medlyssning/tools/real/chromium.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { audible, voiceOf } from '../demo/cast/cast.ts';
import { steadyMatrix } from '../demo/verify/steady-matrix.ts';
import { type Recording, sine, whoHearsWhom } from './lib/audio/index.ts';
import { ConsolePage } from './lib/browser/console-page.ts';
import { startBaresipPhone } from './lib/foreign/baresip-phone.ts';

const repository = join(import.meta.dirname, '..');
const speakers = audible.map((name) => ({ name, hz: voiceOf[name].pilotHz }));

/** The demo's folder for temporary files, by which the programs that it started are known, too. */
let tmp: string;
/** The test's own. */
let folder: string;
let kept: ChildProcess;
let text = '';
beforeAll(async () => {
  tmp = await mkdtemp(join(tmpdir(), 'medlyssning-demo-'));
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-newcomer-'));
  const args = [join(repository, 'tools', 'with-node24.mjs'), 'demo/main.ts', '--keep', '--out', folder];
  const started = spawn(process.execPath, args, {
    cwd: repository,
    env: { ...process.env, TMPDIR: tmp },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  kept = started;
  for await (const chunk of started.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (/End +Ctrl-C/.test(text)) break;
  }
  started.stdout.on('data', (chunk) => {
    text += chunk;
  });
});
afterAll(async () => {
  if (kept?.exitCode === null) {
    kept.kill('SIGTERM');
    await once(kept, 'exit');
  }
  for (const path of [tmp, folder]) await rm(path, { recursive: true, force: true });
});

/** What the demo printed at this place. */
const printed = (pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`The demo did not print ${pattern}:\n${text}`);
  return found;
};

/** Whose voices are in the last 1.5 s, by the tone under each. */
const voicesIn = (recording: Recording) => {
  const to = recording.startedAt + recording.samples.length / 8;
  return whoHearsWhom(steadyMatrix(speakers, new Map([['ear', recording]]), { from: to - 1_500, to }))['ear'];
};

/** How many listens the demo has told the end of. */
const ended = () => text.match(/listening ended: ListenerHungUp/g)?.length ?? 0;

it('opened in a browser, lets Karin sign in and hear both parties of Anna’s call', async () => {
  const process = await startChromium({ workDir: join(folder, 'chromium') });
  onTestFinished(async () => void (await process.stop()));
  const browser = await chromium.connectOverCDP(process.endpoint);
  onTestFinished(() => browser.close());
  const karin = await ConsolePage.open(browser, printed(/Open +(http:\S+)/));
  await karin.signIn('Karin Ek');
  await karin.row('Anna Berg').getByText('I samtal').waitFor();
  await (await karin.menu('Anna Berg')).getByRole('menuitem', { name: 'Medlyssna' }).click();
  await karin.page.getByText('Du lyssnar på Anna Berg').waitFor();
  await vi.waitFor(async () => expect(voicesIn(await karin.recording())).toEqual(['customer', 'anna']), {
    timeout: 15_000,
    interval: 200,
  });
  expect(text).toContain('→ anna: Allowed');
  const before = ended();
  await karin.page.getByRole('button', { name: 'Sluta lyssna' }).click();
  await expect.poll(ended).toBe(before + 1);
  expect(karin.complaints).toEqual([]);
});

it('answers what it says to type into a shell', async () => {
  const typed = [printed(/^ {2}(token=.*)$/m), printed(/^ {2}(curl .*)$/m)].join('\n');
  // of each answer the status, beside what the lines print by themselves
  await writeFile(join(folder, '.curlrc'), 'silent\nwrite-out = "%{stderr}%{http_code} "\n');
  const shell = promisify(execFile)('sh', ['-c', typed], { env: { ...process.env, CURL_HOME: folder } });
  const { stdout, stderr } = await shell;
  expect(stderr).toBe('200 200 ');
  expect(JSON.parse(stdout).colleagues).toContainEqual(
    expect.objectContaining({ user: 'anna', inCall: true, mayListen: true }),
  );
});

it('registers a softphone by what it says, which dials what it says and hears both parties', async () => {
  const address = printed(/^ {2}(karin-desk@\S+) +\w+ +may listen$/m);
  const phone = await startBaresipPhone({
    parts: await ensureParts(() => {}),
    workDir: join(folder, 'softphone'),
    address,
    password: printed(/^ {2}karin-desk@\S+ +(\w+) +may listen$/m),
    proxy: printed(/Registrar +(sip:\S+)/),
    says: sine(voiceOf.karin.pilotHz, 60_000),
    does: { call: `sip:${printed(/^ {2}(\*28\*\d+) +Anna/m)}@${address.split('@')[1]}` },
  });
  onTestFinished(async () => void (await phone.running.stop()));
  const before = ended();
  await phone.hear(2_500);
  await phone.running.stop();
  expect(voicesIn(await phone.received(2_000))).toEqual(['customer', 'anna']);
  await expect.poll(ended).toBe(before + 1);
});

/** Names of the programs that have the demo's folder in their environment. */
const programs = async (): Promise<readonly string[]> => {
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const mine = await Promise.all(
    pids.map(async (pid) =>
      (await read(pid, 'environ')).split('\0').includes(`TMPDIR=${tmp}`)
        ? [(await read(pid, 'comm')).trim()]
        : [],
    ),
  );
  return mine.flat();
};

it('leaves nothing behind at Ctrl-C', async () => {
  expect(await programs()).toEqual(expect.arrayContaining(['kamailio', 'rtpengine']));
  const exit = once(kept, 'exit');
  kept.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(await readdir(tmp)).toEqual([]);
  await expect.poll(programs).toEqual([]);
});
