import { NgError } from 'rtpengine-ng-client';
import { expect, it } from 'vitest';
import { engineVersion, versionIn } from './engine-version.ts';

it.each([
  ['mqtt_id = (null)\nsoftware_id = rtpengine-26-0-1-26-0-mr26-0-1-26\nx = 1\n', '26.0.1.26'],
  ['software_id = rtpengine-10-5-3-5-1\n', '10-5-3-5-1'],
  ['software_id = sbc\n', undefined],
  ['', undefined],
])('reads %j as %s', (parameters, version) => {
  expect(versionIn(parameters)).toBe(version);
});

it('knows no version of an engine that cannot be asked', async () => {
  const old = {
    request: () => Promise.reject(new NgError('EngineRefused', 'Unrecognized command', { command: 'cli' })),
  };
  expect(await engineVersion(old)).toBeUndefined();
});
