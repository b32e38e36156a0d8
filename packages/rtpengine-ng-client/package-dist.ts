import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes dist/, as compiled, to the package that is published (`npm publish ./dist`). In the workspace `exports` is the TypeScript
 * source, which Node runs as it is but not from within node_modules; npm has no way to publish other `exports` than those it reads.
 */
const here = (name: string) => new URL(name, import.meta.url);

const { private: _, scripts: __, ...manifest } = JSON.parse(readFileSync(here('package.json'), 'utf8'));
const published = { ...manifest, exports: { '.': { types: './index.d.ts', default: './index.js' } } };
writeFileSync(here('dist/package.json'), `${JSON.stringify(published, null, 2)}\n`);
copyFileSync(here('README.md'), here('dist/README.md'));
copyFileSync(here('../../LICENSE'), here('dist/LICENSE'));
