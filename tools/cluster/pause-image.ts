import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { layerOf, writeOciArchive } from '../images/oci-archive.ts';
import { pauseImage } from './node-files.ts';

/**
 * Writes the image that holds a pod's namespaces and reaps its orphans: catatonit of the node's own root, a static program.
 * @returns the archive
 */
export async function writePauseImage(root: string, folder: string): Promise<string> {
  const content = join(folder, 'images', 'pause');
  mkdirSync(content);
  copyFileSync(join(root, 'usr/bin/catatonit'), join(content, 'pause'));
  chmodSync(join(content, 'pause'), 0o755);
  const file = `${content}.tar`;
  const layer = await layerOf(content);
  const config = { Entrypoint: ['/pause', '-P'], User: '65532' };
  await writeOciArchive(file, { name: pauseImage, layers: [layer], config });
  rmSync(dirname(layer.file), { recursive: true });
  return file;
}
