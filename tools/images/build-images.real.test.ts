import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureParts } from '../real/parts.ts';
import { runToEnd } from '../real/run-to-end.ts';
import { buildImages, type ImageName, imageNames } from './build-images.ts';

// Each bill of materials, held against what lies in the archive beside it.

const parts = await ensureParts();
/** A Debian in which these packages are installed, and that knows which file is whose. */
const debian = parts.from.kind === 'root' ? parts.from.root : undefined;
const lists = join(debian ?? '', 'var/lib/dpkg/info');
const folder = mkdtempSync(join(tmpdir(), 'medlyssning-bills-'));
/** The unpacked layers, in their order, by image. */
const layers = new Map<ImageName, readonly string[]>();

beforeAll(async () => {
  const archives = await buildImages(folder, () => undefined);
  for (const name of imageNames) layers.set(name, await unpacked(archives[name]));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function unpacked(archive: string): Promise<readonly string[]> {
  const image = await untar(archive, `${archive}.image`);
  const [manifest] = JSON.parse(readFileSync(join(image, 'manifest.json'), 'utf8'));
  const folders = manifest.Layers.map((layer: string) => join(image, layer));
  return Promise.all(folders.map((layer: string) => untar(layer, `${layer}.files`)));
}

async function untar(file: string, into: string): Promise<string> {
  mkdirSync(into);
  const { ok, output } = await runToEnd({ file: 'tar', args: ['-xf', file, '-C', into] });
  if (!ok) throw new Error(output);
  return into;
}

/** The purls of a bill of materials, without what comes after a `?`. */
function billOf(name: ImageName): readonly string[] {
  const bill = JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), 'utf8'));
  return bill.components.map(({ purl }: { readonly purl: string }) => purl.replace(/\?.*$/, ''));
}

/** Files of a layer, as paths in the image. */
async function filesIn(layer = ''): Promise<readonly string[]> {
  const find = { file: 'find', args: [layer, '-type', 'f', '-printf', '/%P\\n'] };
  return (await runToEnd(find, { keepLines: 100_000 })).output.split('\n').filter((line) => line !== '');
}

describe.each(['operator', 'media-sidecar'] as const)('%s', (name) => {
  test('lists the Node that is in it', async () => {
    const [, ...rest] = layers.get(name) ?? [];
    const node = rest.map((layer) => join(layer, 'usr/local/bin/node')).find((file) => isFile(file)) ?? '';
    const { output } = await runToEnd({ file: node, args: ['--version'] });
    expect(billOf(name).filter((purl) => purl.startsWith('pkg:generic/'))).toEqual([
      `pkg:generic/node@${output.slice(1)}`,
    ]);
  });

  test('lists the npm packages that the bundles say they are made of, and no others', async () => {
    const bundles: string[] = [];
    for (const layer of (layers.get(name) ?? []).slice(1))
      for (const file of await filesIn(layer))
        if (file.endsWith('.mjs')) bundles.push(readFileSync(join(layer, file), 'utf8'));
    const said = bundles.flatMap((text) => [
      ...text.matchAll(/^ *(?:\/\/ |")(?:[^\s"]*\/)?node_modules\/((?:@[^/\s"]+\/)?[^/\s"]+)\//gm),
    ]);
    const names = new Set(said.map(([, name = '']) => name));
    const listed = billOf(name).flatMap((purl) => /^pkg:npm\/(.*)@[^@]+$/.exec(purl)?.[1] ?? []);
    expect(new Set(listed.map(decodeURIComponent))).toEqual(names);
    expect(names.size).toBeGreaterThan(20);
  });
});

/** What each package of Debian installs, by its name. */
const pathsOf: ReadonlyMap<string, readonly string[]> = new Map(
  (debian === undefined ? [] : readdirSync(lists).filter((file) => file.endsWith('.list'))).map((file) => [
    file.replace(/(:\w+)?\.list$/, ''),
    readFileSync(join(lists, file), 'utf8').split('\n'),
  ]),
);

/** What the base has beside packages. */
const ofNoPackage = ['/etc/fstab', '/etc/group', '/etc/passwd'];
const notForImages = /^\/usr\/share\/(doc|lintian|locale|man)\//;

describe.runIf(debian !== undefined).each(imageNames)('%s', (name) => {
  test('lists the packages of Debian that its files are of, and no others that have files', async () => {
    const files = new Set(await filesIn(layers.get(name)?.[0]));
    const listed = billOf(name).flatMap((purl) => /^pkg:deb\/debian\/([^@]+)@/.exec(purl)?.[1] ?? []);
    const known = new Set(listed.flatMap((one) => pathsOf.get(one) ?? []));
    expect([...files].filter((file) => !known.has(file)).toSorted()).toEqual(ofNoPackage);
    const absent = listed.filter((one) => !pathsOf.get(one)?.some((path) => files.has(path)));
    const wanted = (path: string) => !notForImages.test(path) && isFile(join(debian ?? '', path));
    expect(absent.filter((one) => pathsOf.get(one)?.some(wanted) ?? true)).toEqual([]);
  });

  test('has of every package of Debian who holds the copyright', () => {
    const documents = join(layers.get(name)?.[0] ?? '', 'usr/share/doc');
    const listed = billOf(name).flatMap((purl) => /^pkg:deb\/debian\/([^@]+)@/.exec(purl)?.[1] ?? []);
    expect(listed.filter((one) => !existsSync(join(documents, one, 'copyright')))).toEqual([]);
    expect(listed.length).toBeGreaterThan(3);
  });
});

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
