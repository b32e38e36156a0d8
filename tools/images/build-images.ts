import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildConsole } from '@medlyssning/console/build/build-console.ts';
import { bundle, type Program } from './bundle.ts';
import { readDockerfile } from './dockerfile.ts';
import { ensureExtractedRoot } from './extracted-root.ts';
import { type Layer, layerOf, writeOciArchive } from './oci-archive.ts';
import { type Component, cycloneDx, debianComponents, npmComponents } from './sbom.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a program needs to run, besides Node: the C and C++ libraries that Node is linked with. */
const basePackages = ['libc6', 'libgcc-s1', 'libstdc++6'] as const;

/** The Node in an image is the one that runs this. */
const node: Component = {
  name: 'node',
  version: process.versions.node,
  purl: `pkg:generic/node@${process.versions.node}`,
  license: 'MIT',
};

export type ImageName = Program | 'rtpengine';

export const imageNames: readonly ImageName[] = ['operator', 'media-sidecar', 'rtpengine'];

/** With its tag, as the charts name it. @param registry as in the value `images.registry` of the chart */
export const imageReference = (name: ImageName, version: string, registry = ''): string =>
  `${registry === '' ? '' : `${registry}/`}medlyssning/${name}:${version}`;

/** The version in package.json, which is the tag of every image. */
export async function projectVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/**
 * Makes the build context: what the Dockerfiles copy.
 * @returns the npm packages in it, by image
 */
export async function makeContext(folder: string): Promise<Readonly<Record<Program, readonly Component[]>>> {
  const bundled = async (program: Program) =>
    npmComponents(await bundle(program, join(folder, program)), root);
  const packages = { operator: await bundled('operator'), 'media-sidecar': await bundled('media-sidecar') };
  await buildConsole(join(folder, 'media-sidecar', 'console'));
  return packages;
}

/**
 * Builds images as OCI archives into a folder, without docker and without a registry, by their Dockerfiles; beside each its bill of
 * materials, `NAME.cdx.json`.
 * @param registry whose images they are by name; nothing is sent there
 * @returns the archives
 */
export async function buildImages(
  folder: string,
  onProgress: (line: string) => void,
  registry?: string,
): Promise<Readonly<Record<ImageName, string>>> {
  await mkdir(folder, { recursive: true });
  const version = await projectVersion();
  const context = await mkdtemp(join(tmpdir(), 'medlyssning-context-'));
  onProgress('Bundling operator, media sidecar and console …');
  const bundled = await makeContext(context);
  const archive = async (name: ImageName) => {
    onProgress(`Writing the image ${name} …`);
    const { packages, copies, config } = readDockerfile(
      await readFile(join(root, 'images', `${name}.Dockerfile`), 'utf8'),
    );
    const base = await ensureExtractedRoot(packages.length > 0 ? packages : basePackages, onProgress);
    const layers: Layer[] = [base.layer];
    for (const copy of copies) layers.push(await copied(copy, context));
    const file = join(folder, `${name}.tar`);
    const labels = { ...config.Labels, 'org.opencontainers.image.version': version };
    await writeOciArchive(file, {
      name: imageReference(name, version, registry),
      layers,
      config: { ...config, Labels: labels },
    });
    for (const { file: layer } of layers.slice(1)) await rm(dirname(layer), { recursive: true });
    const components = [
      ...debianComponents(base.packages),
      ...(name === 'rtpengine' ? [] : [node, ...bundled[name]]),
    ];
    const bill = cycloneDx({ name: imageReference(name, version, registry), version }, components);
    await writeFile(join(folder, `${name}.cdx.json`), `${JSON.stringify(bill, undefined, 2)}\n`);
    return file;
  };
  const files = {
    operator: await archive('operator'),
    'media-sidecar': await archive('media-sidecar'),
    rtpengine: await archive('rtpengine'),
  };
  await rm(context, { recursive: true });
  return files;
}

/** One layer of each COPY, as docker makes it. */
async function copied(
  { stage, from, to }: { readonly stage?: string; readonly from: string; readonly to: string },
  context: string,
): Promise<Layer> {
  const source = stage === undefined ? join(context, from) : inStage(stage, from);
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-copy-'));
  const target = join(folder, to);
  await mkdir(dirname(target), { recursive: true });
  if (from.endsWith('/'))
    for (const name of await readdir(source))
      await cp(join(source, name), join(target, name), { recursive: true });
  else await cp(source, target, { dereference: true });
  const layer = await layerOf(folder);
  await rm(folder, { recursive: true });
  return layer;
}

/** The stage `node` is Node's official image; the same program comes by npm. */
function inStage(stage: string, path: string): string {
  if (stage === 'node' && path === '/usr/local/bin/node')
    return join(root, 'node_modules', 'node', 'bin', 'node');
  throw new Error(`Nothing here stands for ${path} of the stage ${stage}. Add it to build-images.ts.`);
}
