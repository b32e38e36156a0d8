import { defineRule, type StandingInput } from './rule.ts';

/** R8, first half: the PBX said which device asks; a device nobody vouches for is refused. */
export const r8DeviceKnown = defineRule<StandingInput>(
  'R8',
  'DeviceUnknown',
  'User.spec.devices',
  ({ device }) => device.kind === 'known',
);
