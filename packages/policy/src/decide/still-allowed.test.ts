import { describe, expect, it } from 'vitest';
import { allowedInput, askingFrom, madeUpCompany, madeUpUser } from './made-up.ts';
import { stillAllowed } from './still-allowed.ts';

const karin = { name: 'karin', mayListen: true };

describe('a listen that is up goes on', () => {
  it.each([
    ['while nothing changes', {}],
    [
      'when the target switches profile (R4)',
      { target: madeUpUser({ name: 'anna', profiles: { inne: true, lunch: false } }) },
    ],
    ['when the policy grows old', { policyAgeMs: Number.POSITIVE_INFINITY }],
    ['while it takes up the line itself', { line: { calls: 1, listens: 1 } }],
    ['when fewer listeners are allowed', { company: madeUpCompany({ maxListenersPerCall: 0 }) }],
    ['when the call is no longer known: that is another end', { call: undefined }],
    [
      'in a browser, which is no device of the policy',
      { device: { kind: 'known', device: { name: 'tab', kind: 'Browser' } } },
    ],
  ] as const)('%s', (_when, changes) => {
    expect(stillAllowed(allowedInput(changes))).toBeUndefined();
  });
});

describe('a listen that is up is revoked', () => {
  it.each([
    ['the listener is removed', 'ListenerUnknown', { listener: undefined }],
    ['the company is removed', 'ListenerUnknown', { company: undefined }],
    ['listening is switched off', 'ListeningDisabled', { company: madeUpCompany({ enabled: false }) }],
    [
      'the listener loses the licence',
      'ListenerLicenseMissing',
      { listener: madeUpUser({ ...karin, licensed: false }) },
    ],
    ['the listener loses the right', 'ListenerRightMissing', { listener: madeUpUser({ name: 'karin' }) }],
    ['the device is removed', 'DeviceUnknown', { listener: madeUpUser({ ...karin, devices: [] }) }],
    [
      'the device turns out to be an app',
      'DeviceNotAllowed',
      { listener: madeUpUser({ ...karin, devices: [{ name: 'desk', kind: 'MobileApp' }] }) },
    ],
    [
      'the kind of device is no longer allowed',
      'DeviceNotAllowed',
      { device: askingFrom('Desk'), company: madeUpCompany({ allowedDevices: ['Browser'] }) },
    ],
    ['the target is removed', 'TargetUnknown', { target: undefined }],
    [
      'the target loses the licence',
      'TargetLicenseMissing',
      { target: madeUpUser({ name: 'anna', licensed: false }) },
    ],
    [
      'the profile itself forbids listening now',
      'ProfileForbids',
      { target: madeUpUser({ name: 'anna', profiles: { inne: false } }) },
    ],
    [
      'the call is known anew without its profile',
      'ProfileAtStartUnknown',
      { call: { callId: 'call-1', targetProfile: { kind: 'unknown' }, listeners: 1 } },
    ],
  ] as const)('when %s: %s', (_when, reason, changes) => {
    expect(stillAllowed(allowedInput(changes))).toBe(reason);
  });
});
