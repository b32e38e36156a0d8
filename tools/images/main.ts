import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildImages, makeContext } from './build-images.ts';

/**
 * `npm run images`: the images as OCI archives in images/archives, with `--registry NAME` named as that registry's; with `--context`, the
 * build context for docker in images/context.
 */
const { values } = parseArgs({
  options: { context: { type: 'boolean', default: false }, registry: { type: 'string', default: '' } },
});
const images = join(import.meta.dirname, '..', '..', 'images');

if (values.context) {
  await rm(join(images, 'context'), { recursive: true, force: true });
  await makeContext(join(images, 'context'));
  console.log('images/context is what the Dockerfiles copy from.');
} else {
  const files = await buildImages(join(images, 'archives'), (line) => console.error(line), values.registry);
  for (const file of Object.values(files)) console.log(file);
}
