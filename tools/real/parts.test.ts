import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderOfStandIns, partsOnPath } from './stand-ins.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medlyssning-path-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said where these are all that is on PATH. */
function ensure(standIns: Readonly<Record<string, string>>): string {
  const PATH = folderOfStandIns(join(folder, 'bin'), standIns);
  const program = join(import.meta.dirname, 'ensure-parts.program.ts');
  const env = { ...process.env, PATH, XDG_CACHE_HOME: folder };
  return spawnSync(process.execPath, [program], { env, encoding: 'utf8' }).stdout;
}

test('those on PATH are taken when they are new enough, and nothing is installed', () => {
  expect(ensure(partsOnPath)).toBe('{"kind":"path"}\nversion: kamailio 6.0.0 (x86_64/Linux)\n');
  expect(readdirSync(folder)).toEqual(['bin']);
});

test('where they are neither on PATH nor can be installed, each that lacks is named, why, and what to do', () => {
  const { sipp: _, ...others } = partsOnPath;
  const some = { ...others, rtpengine: 'echo "Version: 12.5.1.31"', 'espeak-ng': 'echo "Hello"' };
  expect(ensure(some)).toMatch(
    /^PartsUnavailable: Not on PATH: rtpengine ≥ 26\.0\.1 \(here is 12\.5\.1\), sipp ≥ 3\.6\.0 \(missing\), espeak-ng ≥ 1\.49\.0 \(here is unknown\)\. Install them there, or run this as root on Debian or Ubuntu\. Installing rtpengine, Kamailio and others apart from this system is not possible: [a-z][^.]+\.\n$/,
  );
});

test.runIf(process.getuid?.() === 0)('one that is too old is reason enough to install all of them', () => {
  const standIns = {
    ...partsOnPath,
    kamailio: 'echo "version: kamailio 5.6.3 (x86_64/Linux)"',
    mmdebstrap: 'echo "E: asked for $*" >&2; exit 1',
  };
  expect(ensure(standIns)).toMatch(
    /^PartsUnavailable: mmdebstrap could not .*--include=rtpengine-daemon,kamailio,.*,sip-tester,/s,
  );
});
