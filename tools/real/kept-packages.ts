import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Packages that an interrupted installation had fetched, in a folder beside its root. apt gives a package its name when it is whole, and
 * takes one that lies in its folder of archives for fetched when it has the size that the index says.
 */
export class KeptPackages {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes what was fetched into a root that never became whole. @param root need not be there */
  takeFrom(root: string): void {
    const archives = join(root, 'var/cache/apt/archives');
    if (!existsSync(archives)) return;
    mkdirSync(this.#folder, { recursive: true });
    for (const file of readdirSync(archives))
      if (file.endsWith('.deb')) renameSync(join(archives, file), join(this.#folder, file));
  }

  get count(): number {
    return existsSync(this.#folder) ? readdirSync(this.#folder).length : 0;
  }

  /** How mmdebstrap moves them into the new root before it fetches, and keeps what it fetches until it is done. */
  options(): readonly string[] {
    const keep = '--skip=essential/unlink';
    if (this.count === 0) return [keep];
    const folder = `'${this.#folder.replaceAll("'", "'\\''")}'`;
    const archives = '"$1/var/cache/apt/archives"';
    const move = `mkdir -p ${archives} && find ${folder} -name '*.deb' -exec mv -t ${archives} {} +`;
    return [keep, `--setup-hook=${move}`];
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
