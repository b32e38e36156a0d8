import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DockerfileError, readDockerfile } from './dockerfile.ts';

const images = join(import.meta.dirname, '..', '..', 'images');

test('of several stages the last one counts', () => {
  const recipe = readDockerfile(
    'FROM a AS node\nFROM b\n# why\nCOPY --from=node /usr/bin/node /node\nCOPY app/ /app/\n' +
      'LABEL a.b="c d"\nENV A=b\nEXPOSE 1 2\nUSER 65532\nENTRYPOINT ["/node", "x"]\n',
  );
  expect(recipe).toEqual({
    packages: [],
    copies: [
      { stage: 'node', from: '/usr/bin/node', to: '/node' },
      { from: 'app/', to: '/app/' },
    ],
    config: {
      Entrypoint: ['/node', 'x'],
      User: '65532',
      Env: ['A=b'],
      Labels: { 'a.b': 'c d' },
      ExposedPorts: { '1/tcp': {}, '2/tcp': {} },
    },
  });
});

test('packages are those of apt-get install', () => {
  const text =
    'FROM x\nRUN apt-get update && apt-get install --yes a-b c && rm x\nUSER 1\nENTRYPOINT ["/a"]\n';
  expect(readDockerfile(text).packages).toEqual(['a-b', 'c']);
});

test.each([
  ['FROM x\nRUN curl x\n', 'RUN may only'],
  ['FROM x\nADD a b\n', 'ADD cannot be followed'],
  ['FROM x\nCOPY a b c\n', 'one source and one target'],
  ['FROM x\nUSER 1\n', 'ENTRYPOINT or USER is missing'],
  ['FROM x\nENV A=1 \\\n  B=2\n', 'Line 3 is no instruction'],
])('%j is refused: %s', (text, message) => {
  expect(() => readDockerfile(text)).toThrow(DockerfileError);
  expect(() => readDockerfile(text)).toThrow(message);
});

test.each(readdirSync(images).filter((name) => name.endsWith('.Dockerfile')))(
  '%s runs as nobody in particular, takes its base as an argument and says what it is',
  (name) => {
    const text = readFileSync(join(images, name), 'utf8');
    const { config } = readDockerfile(text);
    expect(text).toMatch(/^ARG BASE_IMAGE=.+\n[\s\S]*^FROM \$\{BASE_IMAGE\}$/m);
    expect(config.User).toBe('65532');
    expect(Object.keys(config.Labels ?? {})).toEqual(
      ['title', 'description', 'licenses'].map((label) => `org.opencontainers.image.${label}`),
    );
  },
);
