import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../real/run-to-end.ts';

/** Media types of the OCI image specification, 1.1. */
const type = (what: string) => `application/vnd.oci.image.${what}`;

/** A layer as a tar file, named by what it holds. */
export interface Layer {
  readonly file: string;
  readonly digest: string;
  readonly size: number;
}

/** `config` of an image configuration (OCI image-spec, config.md). */
export interface ImageConfig {
  readonly Entrypoint: readonly string[];
  readonly Cmd?: readonly string[];
  readonly User: string;
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Labels?: Readonly<Record<string, string>>;
}

export interface Image {
  /** With its tag: `medlyssning/operator:0.1.0`. */
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
}

/**
 * Packs a folder into a layer: entries sorted, everything root's and of the year 1970, so that the same files are the same layer.
 * @returns the layer; its file lies in the folder for temporary files
 */
export async function layerOf(folder: string, exclude: readonly string[] = []): Promise<Layer> {
  const file = join(await mkdtemp(join(tmpdir(), 'medlyssning-layer-')), 'layer.tar');
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=gnu'];
  const without = exclude.map((path) => `--exclude=${path}`);
  await tar(['--create', `--file=${file}`, ...same, ...without, '--directory', folder, '.']);
  return { file, digest: await digestOf(file), size: (await stat(file)).size };
}

/**
 * Writes an image as an OCI archive: what `ctr images import`, `kind load image-archive`, `podman load` and `skopeo` read. It has the
 * manifest.json of `docker save`, too: without containerd's image store, `docker load` reads no other.
 */
export async function writeOciArchive(file: string, { name, layers, config }: Image): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-oci-'));
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const blob = async (mediaType: string, content: unknown) => {
    const text = JSON.stringify(content);
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    await writeFile(join(blobs, digest.slice(7)), text);
    return { mediaType, digest, size: Buffer.byteLength(text) };
  };
  for (const { file: layer, digest } of layers) await placed(layer, join(blobs, digest.slice(7)));
  const platform = { architecture: process.arch === 'x64' ? 'amd64' : process.arch, os: 'linux' };
  const configuration = await blob(type('config.v1+json'), {
    created: '1970-01-01T00:00:00Z',
    ...platform,
    config,
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
  const manifest = await blob(type('manifest.v1+json'), {
    schemaVersion: 2,
    mediaType: type('manifest.v1+json'),
    config: configuration,
    layers: layers.map(({ digest, size }) => ({ mediaType: type('layer.v1.tar'), digest, size })),
  });
  const annotations = {
    'io.containerd.image.name': qualified(name),
    'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
  };
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, manifests: [{ ...manifest, annotations, platform }] }),
  );
  const pathOf = ({ digest }: { readonly digest: string }) => `blobs/${digest.replace(':', '/')}`;
  const forDocker = { Config: pathOf(configuration), RepoTags: [name], Layers: layers.map(pathOf) };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify([forDocker]));
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const partial = `${file}.partial`;
  const same = [
    '--sort=name',
    '--mtime=@0',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=a=r,u+w,a+X',
  ];
  await tar([
    '--create',
    `--file=${partial}`,
    ...same,
    '--directory',
    folder,
    'oci-layout',
    'index.json',
    'manifest.json',
    'blobs',
  ]);
  await rename(partial, file);
  await rm(folder, { recursive: true });
}

/** Layers are large: linked where that can be, else copied. */
async function placed(file: string, at: string): Promise<void> {
  await link(file, at).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EXDEV') return copyFile(file, at);
    // Two layers of the same content are one blob.
    if (error.code !== 'EEXIST') throw error;
  });
}

/** A name without a registry is one of docker.io, to Kubernetes too. */
export function qualified(name: string): string {
  const [first = ''] = name.split('/');
  return /[.:]|^localhost$/.test(first) && name.includes('/') ? name : `docker.io/${name}`;
}

async function tar(args: readonly string[]): Promise<void> {
  const { ok, output } = await runToEnd({ file: 'tar', args });
  if (!ok) throw new Error(`tar failed: ${output}`);
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}
