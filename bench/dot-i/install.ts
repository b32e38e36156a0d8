import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const source = join(folder, 'widget-operator.ts');
const output = join(folder, 'dist');

/** How to start the operator with each package, by the package's name. */
export type Programs = ReadonlyMap<string, readonly string[]>;

/**
 * Installs `@dot-i/k8s-operator` in this folder, if it is not there, and compiles the operator for it: its import changed, as CommonJS, since
 * that package has its class where only CommonJS finds it. Throws when the operator does not compile.
 */
export function install(onProgress: (line: string) => void): Programs {
  if (!existsSync(join(folder, 'node_modules', '@dot-i'))) {
    onProgress('Installing @dot-i/k8s-operator (once) …');
    run('npm', ['ci', '--ignore-scripts'], folder);
  }
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'package.json'), '{ "type": "commonjs" }\n');
  const file = join(output, 'widget-operator.ts');
  writeFileSync(
    file,
    readFileSync(source, 'utf8').replace("'kube-runtime/operator'", "'@dot-i/k8s-operator'"),
  );
  const tsc = join(folder, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');
  const options =
    '--ignoreConfig --strict --module nodenext --target es2022 --skipLibCheck --types node'.split(' ');
  run(process.execPath, [tsc, ...options, file], output);
  return new Map([
    ['@dot-i/k8s-operator 1.3.9', [join(output, 'widget-operator.js')]],
    ['kube-runtime', [source]],
  ]);
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? ''}${stdout}${stderr}`);
}
