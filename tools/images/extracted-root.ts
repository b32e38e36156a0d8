import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../real/cache-folder.ts';
import { extractDebianPackages } from '../real/debian-root.ts';
import { holdLock } from '../real/lock.ts';
import { runToEnd } from '../real/run-to-end.ts';
import { type Layer, layerOf } from './oci-archive.ts';

/** What is not for an image: where this machine fetches packages, and what no program reads. */
const left = [
  ...['./etc/apt', './etc/resolv.conf', './etc/hostname', './etc/dpkg', './var/lib/apt', './var/lib/dpkg'],
  ...['./var/cache', './var/log', './usr/share/man', './usr/share/locale', './usr/share/lintian'],
  ...['./dev', './proc', './sys'],
] as const;

/** Debian's name of this machine's architecture in paths. */
const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** The base of an image. */
export interface Base {
  readonly layer: Layer;
  /** Debian packages in it, as `name_version_architecture`. */
  readonly packages: readonly string[];
}

/**
 * The base of an image: these Debian packages and what they depend on, unpacked without running anything. Made once and kept.
 * @throws PartsUnavailable
 */
export async function ensureExtractedRoot(
  packages: readonly string[],
  onProgress: (line: string) => void,
): Promise<Base> {
  const id = createHash('sha256')
    .update([...packages, ...left].join(' '))
    .digest('hex')
    .slice(0, 12);
  const folder = join(cacheFolder(), 'images', `base-${id}`);
  using _lock = await holdLock(`${folder}.lock`, () =>
    onProgress('waiting for another run that makes the base of images'),
  );
  if (!existsSync(folder)) {
    onProgress(`Unpacking ${packages.join(', ')} and what they need (once) …`);
    const root = join(await mkdtemp(join(tmpdir(), 'medlyssning-base-')), 'root');
    const unpacked = await extractDebianPackages(root, packages);
    await finish(root);
    const layer = await layerOf(root, left);
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    copyFileSync(layer.file, join(partial, 'layer.tar'));
    writeFileSync(join(partial, 'packages'), unpacked.map((name) => `${name}\n`).join(''));
    renameSync(partial, folder);
    rmSync(dirname(root), { recursive: true });
    rmSync(dirname(layer.file), { recursive: true });
  }
  const file = join(folder, 'layer.tar');
  const content = readFileSync(file);
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  return {
    layer: { file, digest, size: content.length },
    packages: readFileSync(join(folder, 'packages'), 'utf8').trim().split('\n'),
  };
}

/** What Debian's base makes when it is installed: the short names of folders, the links of libraries, and the users. */
async function finish(root: string): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64'])
    if (!existsSync(join(root, name))) symlinkSync(`usr/${name}`, join(root, name));
  const { ok, output } = await runToEnd({
    file: 'ldconfig',
    args: ['-r', root, '-N', `/usr/lib/${multiarch}`],
  });
  if (!ok) throw new Error(`The links of libraries in ${root} could not be made. ldconfig said:\n${output}`);
  const nobody = 'nonroot:x:65532:65532:nonroot:/tmp:/nonexistent';
  writeFileSync(join(root, 'etc', 'passwd'), `root:x:0:0:root:/root:/nonexistent\n${nobody}\n`);
  writeFileSync(join(root, 'etc', 'group'), 'root:x:0:\nnonroot:x:65532:\n');
}
