import type { AdmissionReason } from '../reasons.ts';
import type { AskingDevice } from './decide-input.ts';
import type { StandingInput } from './rule.ts';
import { standingRules } from './rules.ts';

/**
 * Is a listen that is up still allowed? `undefined` while it is; else the rule that was taken away, to be told with
 * the end reason `Revoked`. Look listener, target and company up anew before each call, and pass the call's profile
 * snapshots as they were at its start.
 *
 * Looks at licences, right, users, company, device and the profile's own flag. Not at the line, the limit of
 * listeners, which profile is active, whether the call lasts (its end has a reason of its own) or the policy's age:
 * losing sight of the API server takes nobody's right away.
 */
export function stillAllowed(input: StandingInput): AdmissionReason | undefined {
  const current = { ...input, device: currentDevice(input) };
  for (const rule of standingRules) {
    const holds = rule.holds(current);
    if (holds === false) return rule.reason;
  }
  return undefined;
}

/** The asking device as the policy has it now; a browser is no device of the policy's and stays what it was. */
function currentDevice({ device, listener }: StandingInput): AskingDevice {
  if (device.kind === 'unknown') return device;
  const now = listener?.devices.find(({ name }) => name === device.device.name);
  if (now !== undefined) return { kind: 'known', device: now };
  return device.device.kind === 'Browser' ? device : { kind: 'unknown' };
}
