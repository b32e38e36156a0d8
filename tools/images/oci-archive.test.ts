import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runToEnd } from '../real/run-to-end.ts';
import { layerOf, qualified, writeOciArchive } from './oci-archive.ts';

test('the same files are the same archive, whenever they were written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const archive = async (at: number, name: string) => {
    const content = mkdtempSync(join(folder, 'content-'));
    writeFileSync(join(content, 'a'), 'text');
    utimesSync(join(content, 'a'), at, at);
    const file = join(folder, name);
    const config = { Entrypoint: ['/a'], User: '65532' };
    await writeOciArchive(file, { name: 'x/y:1', layers: [await layerOf(content)], config });
    return readFileSync(file);
  };
  const first = await archive(1_000_000, 'first.tar');
  expect(first.equals(await archive(2_000_000, 'second.tar'))).toBe(true);

  await runToEnd({ file: 'tar', args: ['-xf', join(folder, 'first.tar'), '-C', folder, 'index.json'] });
  expect(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')).manifests).toMatchObject([
    { annotations: { 'io.containerd.image.name': 'docker.io/x/y:1' }, platform: { os: 'linux' } },
  ]);
});

test('docker finds the configuration and the layers, in their order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const layers = [];
  for (const name of ['a', 'b']) {
    const content = mkdtempSync(join(folder, 'content-'));
    writeFileSync(join(content, name), name);
    layers.push(await layerOf(content));
  }
  const file = join(folder, 'image.tar');
  await writeOciArchive(file, { name: 'x/y:1', layers, config: { Entrypoint: ['/a'], User: '65532' } });
  await runToEnd({ file: 'tar', args: ['-xf', file, '-C', folder] });
  const json = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

  const [image] = json('manifest.json');
  expect(image.RepoTags).toEqual(['x/y:1']);
  expect(json(image.Config)).toMatchObject({
    config: { User: '65532' },
    rootfs: { diff_ids: layers.map(({ digest }) => digest) },
  });
  expect(image.Layers.map((path: string) => readFileSync(join(folder, path)))).toEqual(
    layers.map((layer) => readFileSync(layer.file)),
  );
});

test.each([
  ['medlyssning/operator:0.1.0', 'docker.io/medlyssning/operator:0.1.0'],
  ['localhost/pause:1', 'localhost/pause:1'],
  ['registry.example/a/b:1', 'registry.example/a/b:1'],
  ['localhost:5000/a:1', 'localhost:5000/a:1'],
])('%s is %s', (name, expected) => {
  expect(qualified(name)).toBe(expected);
});
