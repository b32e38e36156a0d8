import { execFileSync } from 'node:child_process';

/** The files of the project by path within it: those git tracks and new ones it does not ignore, present in the work tree. */
export function projectFiles(root: string): readonly string[] {
  const list = (...options: string[]) =>
    execFileSync('git', ['ls-files', '-z', ...options], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
      .split('\0')
      .filter((path) => path !== '');
  const deleted = new Set(list('--deleted'));
  return list('--cached', '--others', '--exclude-standard').filter((path) => !deleted.has(path));
}
