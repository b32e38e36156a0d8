import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** The programs that have an image of their own, and what each is bundled from, by the name of the bundle. */
const programs = {
  operator: { 'main.mjs': 'operator/main.ts' },
  'media-sidecar': {
    'main.mjs': 'media-sidecar/main.ts',
    'sqlite-worker.mjs': 'media-sidecar/audit/sqlite/sqlite-worker.ts',
  },
} as const;

export type Program = keyof typeof programs;

/**
 * Bundles a program into a folder: one file for each thread, and nothing else of node_modules.
 * @returns the files that went in, by path within the project
 */
export async function bundle(program: Program, folder: string): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const metafiles: Metafile[] = [];
  for (const [outfile, entry] of Object.entries(programs[program])) {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: join(folder, outfile),
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      metafile: true,
      legalComments: 'linked',
      logLevel: 'error',
      // Bound by `pg` only where somebody installed it.
      external: ['pg-native'],
      // CommonJS inside asks for Node's own modules by `require`.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      plugins: [bundledWorker],
    });
    metafiles.push(metafile);
  }
  // Of what esbuild reads, much is used by nothing and left out.
  const written = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  );
  return [
    ...new Set(written.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []))),
  ].toSorted();
}

/** The thread of the audit store is named by its source; in an image its bundle stands beside the main one. */
const bundledWorker: Plugin = {
  name: 'bundled-worker',
  setup(bundling) {
    bundling.onLoad({ filter: /\/worker-client\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace("'./sqlite-worker.ts'", "'./sqlite-worker.mjs'");
      if (contents === text)
        throw new Error(`${path} names no ./sqlite-worker.ts any more; change bundle.ts.`);
      return { contents, loader: 'ts' };
    });
  },
};
