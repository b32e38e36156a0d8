import { join } from 'node:path';
import { createCompilerOfAll, type ForkPolicy, parseResources } from '@medlyssning/policy';
import { readDirectory } from './read-directory.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

/** What a company of `examples/` compiles to. */
export const examplePolicies = async (company: string): Promise<readonly ForkPolicy[]> => {
  const { resources } = parseResources(await readDirectory(join(examples, company)));
  return createCompilerOfAll()(
    resources.map(({ resource }) => resource),
    new Date(),
  ).policies;
};
