import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What our own code runs, besides the programs that are stood in for. */
const tools =
  'sh env cat echo basename mkdir mv find rm tr grep sleep true unshare setpriv flock mkfifo nsenter chroot'.split(
    ' ',
  );

/**
 * Makes a folder that is to be the whole PATH: this machine's own small tools, and stand-ins.
 * @param standIns shell scripts, by the name of the program that each stands for
 */
export function folderOfStandIns(folder: string, standIns: Readonly<Record<string, string>>): string {
  mkdirSync(folder, { recursive: true });
  const path = process.env['PATH']?.split(':') ?? [];
  for (const tool of tools) {
    const file = path.map((place) => join(place, tool)).find((file) => existsSync(file));
    if (file !== undefined) symlinkSync(file, join(folder, tool));
  }
  for (const [name, script] of Object.entries(standIns))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** Stand-ins for the parts that everything here needs, in versions that will do. */
export const partsOnPath: Readonly<Record<string, string>> = {
  rtpengine: 'echo "Version: 26.0.1.26+0~mr26.0.1.26"',
  kamailio: 'echo "version: kamailio 6.0.0 (x86_64/Linux)"',
  // It fails after it has said its version.
  sipp: 'echo " SIPp v3.6.0-TLS"; exit 99',
  baresip: 'echo "baresip v1.1.0 Copyright" >&2',
  'espeak-ng': 'echo "eSpeak NG text-to-speech: 1.52.0"',
};
