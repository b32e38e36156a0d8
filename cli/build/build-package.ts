import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { noticesOf } from './notices-of.ts';

const cli = join(import.meta.dirname, '..');
const root = join(cli, '..');

/** Where it is built to for use; tests build into folders of their own. */
export const packageFolder = join(cli, 'dist');

/**
 * Builds the npm package `medlyssning` into a folder, which it empties first: our programs with all that they need inside, so that it
 * depends on nothing but Node. What is seldom needed (clusters, databases) is in files of its own, read only then.
 */
export const buildPackage = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'bin'), { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(cli, 'main.ts')],
    outdir: join(folder, 'lib'),
    bundle: true,
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    metafile: true,
    legalComments: 'none',
    logLevel: 'error',
    // Bound by `pg` only where somebody installed it.
    external: ['pg-native'],
    // CommonJS inside asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES'), await noticesOf(Object.keys(metafile.inputs), root));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
  await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await cp(join(cli, 'README.md'), join(folder, 'README.md'));
  for (const path of Object.values((await ownManifest()).bin)) await copyProgram(path, folder);
};

/** Node is asked for what it bundles by, not for sources. */
const copyProgram = async (path: string, folder: string): Promise<void> => {
  const text = await readFile(join(cli, path), 'utf8');
  const out = join(folder, path);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, text.replace("'../main.ts'", "'../lib/main.js'"), { mode: 0o755 });
};

interface OwnManifest {
  readonly version: string;
  readonly license: string;
  readonly bin: Readonly<Record<string, string>>;
}

const ownManifest = async (): Promise<OwnManifest> =>
  JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'));

const manifest = async (): Promise<object> => {
  const { version, license, bin } = await ownManifest();
  return {
    name: 'medlyssning',
    version,
    description: 'Who may listen to whose live call, and why not; who listens; the record. For kubectl, too.',
    license,
    type: 'module',
    engines: { node: '>=24' },
    bin,
    files: ['bin', 'lib', 'THIRD-PARTY-NOTICES'],
  };
};
