import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the licences of bundled packages ask to be handed on: the name of each, and its licence as it came. */
export const noticesOf = async (inputs: readonly string[], root: string): Promise<string> => {
  const folders = [...new Set(inputs.flatMap(packageOf))].toSorted();
  const notices = await Promise.all(folders.map((folder) => noticeOf(join(root, folder))));
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
};

/** `node_modules/a/node_modules/@b/c/index.js` is of `node_modules/a/node_modules/@b/c`. */
const packageOf = (input: string): readonly string[] =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.slice(0, 1) ?? [];

const noticeOf = async (folder: string): Promise<string> => {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})\n`, ...texts].join('\n');
};
