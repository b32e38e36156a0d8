import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type PolicyFile, readDirectory } from '@medlyssning/media-sidecar/policy/read-directory.ts';
import { type ParsedResources, parseResources, placesIn, problemText } from '@medlyssning/policy';
import { Unanswered, whyText } from '../errors.ts';
import type { Origin } from './origin.ts';

export interface ReadFolder {
  readonly parsed: ParsedResources;
  readonly origin: Origin;
}

/**
 * Reads a folder of YAML with its subfolders, or one file, as a sidecar does. Files are named as a shell here would find them.
 * @throws Unanswered
 */
export const readFolder = async (path: string): Promise<ReadFolder> => {
  const files = await filesOf(path);
  const parsed = parseResources(files);
  const texts = new Map(files.map((source) => [source.file, source]));
  const located = new Map(parsed.resources.map((one) => [one.resource, one]));
  const placesOf = new Map<string, ReturnType<typeof placesIn>>();
  const origin: Origin = {
    name: path,
    resources: parsed.resources.map(({ resource }) => resource),
    unread: parsed.problems.map(problemText),
    placeOf(object, fields) {
      const at = located.get(object);
      const source = at && texts.get(at.file);
      if (!at || !source) return undefined;
      const places = placesOf.get(at.file) ?? placesIn(source);
      placesOf.set(at.file, places);
      const place = places({ kind: object.kind, ...object.metadata }, fields);
      return `${at.file}:${place?.line ?? at.line}`;
    },
    written: undefined,
  };
  return { parsed, origin };
};

const filesOf = async (path: string): Promise<readonly PolicyFile[]> => {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const folder = isFolder ? path : dirname(path);
    const found = await readDirectory(folder);
    const files = found
      .filter(({ file }) => isFolder || file === basename(path))
      .map(({ file, text }) => ({ file: join(folder, file), text }));
    if (files.length > 0) return files;
  } catch (cause) {
    throw new Unanswered(
      `${path} cannot be read: ${whyText(cause)}. Name a folder of YAML, or a file ending in .yaml, with --filename.`,
      {
        cause,
      },
    );
  }
  throw new Unanswered(`${path} has no .yaml or .yml file. Name a folder that has, with --filename.`);
};
