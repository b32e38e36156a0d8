import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isNewEnough } from './go-toolchain.ts';
import { ensureKubernetes } from './kubernetes-binaries.ts';
import { pinnedVersion } from './kubernetes-version.ts';

test('binaries of KUBEBUILDER_ASSETS are taken when all are there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-test-'));
  for (const name of ['kube-apiserver', 'kube-controller-manager']) writeFileSync(join(folder, name), '');
  expect(await ensureKubernetes(undefined, { KUBEBUILDER_ASSETS: folder })).toEqual({
    'kube-apiserver': join(folder, 'kube-apiserver'),
    'kube-controller-manager': join(folder, 'kube-controller-manager'),
  });
});

test.each([
  ['go1.26.8', true],
  ['go1.26rc1', true],
  ['go1.25.9', false],
  ['go2.0', true],
  ['devel', false],
])('%s can build: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

test('the version is read from go.mod', () => {
  expect(
    pinnedVersion('require (\n\tk8s.io/klog/v2 v2.1.0\n\tk8s.io/kubernetes v1.36.3 // indirect\n)'),
  ).toBe('1.36.3');
  expect(() => pinnedVersion('module x')).toThrow('Restore it from git.');
});
