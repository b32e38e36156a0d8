import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => parse(readFileSync(join(root, path), 'utf8'));
const { version } = read('package.json');

test.each(['medlyssning', 'medlyssning-tenant'])('%s has the version of the project', (chart) => {
  expect(read(`charts/${chart}/Chart.yaml`)).toMatchObject({ version, appVersion: version });
});

test('Artifact Hub is told of the images and definitions that there are', () => {
  const { annotations } = read('charts/medlyssning/Chart.yaml');
  const { images } = read('charts/medlyssning/values.yaml');
  const repositories = [images.operator, images.sidecar, images.rtpengine].map(
    ({ repository }) => repository,
  );
  const told = parse(annotations['artifacthub.io/images']).map(
    ({ image }: { readonly image: string }) => image,
  );
  expect(told).toEqual(repositories.map((repository) => `${repository}:${version}`));
  const definitions = readdirSync(join(root, 'crds')).map((file) => read(`crds/${file}`).metadata.name);
  const crds = parse(annotations['artifacthub.io/crds']).map(({ name }: { readonly name: string }) => name);
  expect(crds.toSorted()).toEqual(definitions.toSorted());
});
