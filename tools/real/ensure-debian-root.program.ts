import { ensureDebianRoot } from './debian-root.ts';

/** Installs the packages of its arguments; says what goes on, then where they are or why not. */
try {
  const root = await ensureDebianRoot({ name: 'them', packages: process.argv.slice(2) }, (line) =>
    console.log(`progress: ${line}`),
  );
  console.log(`root: ${root}`);
} catch (error) {
  console.log(String(error));
}
