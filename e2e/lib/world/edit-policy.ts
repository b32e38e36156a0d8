import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDirectory } from '@medlyssning/media-sidecar/policy/read-directory.ts';
import { createCompilerOfAll, parseResources } from '@medlyssning/policy';

/** One change of a file of the world's copy of `examples/`; `from` stands in it exactly once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Edits the YAML as a person would: file by file. Returns the edits that undo it. */
export async function editFiles(policyDir: string, edits: readonly Edit[]): Promise<readonly Edit[]> {
  for (const { file, from, to } of edits) {
    const path = join(policyDir, file);
    const text = await readFile(path, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} does not have exactly one “${from}”.`);
    await writeFile(path, text.replace(from, to));
  }
  return edits.toReversed().map(({ file, from, to }) => ({ file, from: to, to: from }));
}

/** The revisions of a company's policy that the YAML, as it stands, compiles to. */
export async function revisionsOf(policyDir: string, company: string): Promise<readonly string[]> {
  const { resources, problems } = parseResources(await readDirectory(policyDir));
  if (problems.length > 0) throw new Error(`The YAML has a mistake: ${problems[0]?.message}`);
  const { policies } = createCompilerOfAll()(
    resources.map(({ resource }) => resource),
    new Date(),
  );
  return policies.filter(({ spec }) => spec.companyRef.name === company).map(({ spec }) => spec.revision);
}
