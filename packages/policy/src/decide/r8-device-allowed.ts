import { defineRule, type StandingInput } from './rule.ts';

/** R8, second half: that kind of device may listen; a mobile app may not unless the company says otherwise. */
export const r8DeviceAllowed = defineRule<StandingInput>(
  'R8',
  'DeviceNotAllowed',
  'Company.spec.listening.allowedDevices',
  ({ company, device }) =>
    device.kind === 'known' ? company?.listening.allowedDevices.includes(device.device.kind) : undefined,
);
