import { constants } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeWav } from '@medlyssning/e2e/lib/audio/index.ts';
import type { AudibleId } from './cast/cast.ts';
import type { Written } from './output/written.ts';
import type { ShowResult } from './show/show-result.ts';

/** Makes sure, before anything is started, that files can be written there. @throws with a sentence when not */
export async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The folder ${out} cannot be written; name another with --out. (${why})`, { cause });
  }
}

/** Writes what each person heard as WAV, and the audit records as JSON lines. */
export async function writeFiles(out: string, { recordings, audit }: ShowResult): Promise<Written> {
  const named = new Map<AudibleId, string>();
  for (const [who, { samples }] of recordings) {
    named.set(who, `${who}.wav`);
    await writeFile(join(out, `${who}.wav`), writeWav(samples));
  }
  await writeFile(join(out, 'audit.jsonl'), audit.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const here = relative(process.cwd(), out);
  return {
    folder: here === '' || here.startsWith('..') ? out : here,
    recordings: named,
    audit: 'audit.jsonl',
  };
}
