import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandsIn, withOutputs } from './lib/kubectl/console-blocks.ts';
import { KubectlWorld } from './lib/kubectl/kubectl-world.ts';
import { timeless } from './lib/kubectl/timeless.ts';

const document = join(import.meta.dirname, '..', 'docs', 'kubectl.md');
let world: KubectlWorld;

beforeAll(async () => {
  world = await KubectlWorld.start();
});
afterAll(() => world[Symbol.asyncDispose]());

/** `npm test -- kubectl -u` writes the document anew. */
it('docs/kubectl.md shows what kubectl really prints', { timeout: 120_000 }, async () => {
  await world.settled();
  const text = readFileSync(document, 'utf8');
  const outputs: string[] = [];
  for (const [program, ...args] of commandsIn(text)) {
    expect(program).toBe('kubectl');
    outputs.push(timeless(await world.kubectl(args)));
  }
  await expect(withOutputs(text, outputs)).toMatchFileSnapshot(document);
});
