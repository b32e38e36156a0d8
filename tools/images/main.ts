import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildImages, makeContext } from './build-images.ts';

const help = `npm run images: the images as OCI archives, without docker

  npm run images                                  write images/archives/*.tar and a bill of materials of each
  npm run images -- --registry ghcr.io/example    the same, named as that registry's
  npm run images -- --context                     write images/context, which docker build copies from
`;
const images = join(import.meta.dirname, '..', '..', 'images');

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\nSee npm run images -- --help.\n`);
    return 2;
  }
  if (options.help) process.stdout.write(help);
  else if (options.context) {
    await rm(join(images, 'context'), { recursive: true, force: true });
    await makeContext(join(images, 'context'));
    console.log('images/context is what the Dockerfiles copy from.');
  } else {
    const files = await buildImages(
      join(images, 'archives'),
      (line) => console.error(line),
      options.registry,
    );
    for (const file of Object.values(files)) console.log(file);
  }
  return 0;
}

/** The options, or what is wrong with them. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        context: { type: 'boolean', default: false },
        registry: { type: 'string', default: '' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.exitCode = await main();
