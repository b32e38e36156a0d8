import { join } from 'node:path';
import { createCompilerOfAll, PolicyIndex, parseResources } from '@medlyssning/policy';
import { readDirectory } from './read-directory.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

/** The policy of `examples/acme` and `examples/beta`, in force. */
export const exampleIndex = async (): Promise<PolicyIndex> => {
  const index = new PolicyIndex();
  for (const company of ['acme', 'beta']) {
    const { resources } = parseResources(await readDirectory(join(examples, company)));
    const { policies } = createCompilerOfAll()(
      resources.map(({ resource }) => resource),
      new Date(),
    );
    for (const policy of policies) index.apply(policy);
  }
  return index;
};
