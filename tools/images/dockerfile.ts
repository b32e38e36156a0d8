import type { ImageConfig } from './oci-archive.ts';

/** A file or folder that goes into an image; a folder's contents where `from` ends with a slash. */
export interface Copy {
  /** The stage it comes from; absent: the build context. */
  readonly stage?: string;
  readonly from: string;
  readonly to: string;
}

/** What a Dockerfile of this project says. */
export interface Recipe {
  /** Debian packages that it installs with apt-get into its base. */
  readonly packages: readonly string[];
  readonly copies: readonly Copy[];
  readonly config: ImageConfig;
}

/** An instruction that cannot be followed without docker. */
export class DockerfileError extends Error {
  override readonly name = 'DockerfileError';
  readonly reason = 'DockerfileError';
}

/**
 * Reads the last stage of a Dockerfile. It takes the instructions that need no container to be carried out, and of RUN one form alone:
 * `apt-get install`, which is what makes a Debian root. So the image is the same recipe with and without docker.
 * @throws DockerfileError
 */
export function readDockerfile(text: string): Recipe {
  const lines = text.split('\n').map((line) => line.trim());
  const instructions = lines.flatMap((line, n) => {
    const [, name, rest] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? [];
    if (name !== undefined && rest !== undefined) return [{ name, rest, line: n + 1 }];
    if (line === '' || line.startsWith('#')) return [];
    throw new DockerfileError(`Line ${n + 1} is no instruction: ${line}. Write one instruction on one line.`);
  });
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM') + 1);
  const packages: string[] = [];
  const copies: Copy[] = [];
  const labels: Record<string, string> = {};
  const env: string[] = [];
  let rest: Partial<ImageConfig> = {};
  for (const { name, rest: value, line } of last) {
    if (name === 'RUN') packages.push(...packagesIn(value, line));
    else if (name === 'COPY') copies.push(copyIn(value, line));
    else if (name === 'LABEL') Object.assign(labels, labelIn(value, line));
    else if (name === 'ENV') env.push(value);
    else if (name === 'WORKDIR') rest = { ...rest, WorkingDir: value };
    else if (name === 'USER') rest = { ...rest, User: value };
    else if (name === 'EXPOSE')
      rest = {
        ...rest,
        ExposedPorts: Object.fromEntries(value.split(/\s+/).map((port) => [`${port}/tcp`, {}])),
      };
    else if (name === 'ENTRYPOINT') rest = { ...rest, Entrypoint: JSON.parse(value) as readonly string[] };
    else throw new DockerfileError(`Line ${line}: ${name} cannot be followed without docker. Take it out.`);
  }
  const { Entrypoint, User } = rest;
  if (Entrypoint === undefined || User === undefined)
    throw new DockerfileError('ENTRYPOINT or USER is missing. An image here says both.');
  return { packages, copies, config: { ...rest, Entrypoint, User, Env: env, Labels: labels } };
}

function packagesIn(value: string, line: number): readonly string[] {
  const [, words] = /apt-get install((?: [a-z0-9-][a-z0-9.+-]*)+)/.exec(value) ?? [];
  if (words === undefined)
    throw new DockerfileError(`Line ${line}: RUN may only \`apt-get install\` without docker.`);
  return words
    .trim()
    .split(' ')
    .filter((word) => !word.startsWith('-'));
}

function copyIn(value: string, line: number): Copy {
  const [, stage, from, to] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(value) ?? [];
  if (from === undefined || to === undefined)
    throw new DockerfileError(`Line ${line}: COPY takes one source and one target here.`);
  return { ...(stage !== undefined && { stage }), from, to };
}

function labelIn(value: string, line: number): Readonly<Record<string, string>> {
  const [, key, text] = /^(\S+)="([^"]*)"$/.exec(value) ?? [];
  if (key === undefined || text === undefined)
    throw new DockerfileError(`Line ${line}: LABEL takes one key="value" here.`);
  return { [key]: text };
}
