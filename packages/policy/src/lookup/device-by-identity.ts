import { normaliseAddress } from '../numbers/normalise-address.ts';
import { normaliseNumber } from '../numbers/normalise-number.ts';
import type { DeviceRow, UserRow } from './user-row.ts';

/**
 * Which of the user's devices an identity names (R8), by the device's own number or address. `undefined` where none
 * is named, or two are: a mobile and the app on it often show the same number, and then the number tells nothing.
 */
export function deviceByIdentity(
  user: UserRow,
  text: string,
  company: { readonly country: string },
): DeviceRow | undefined {
  const number = normaliseNumber(text, company);
  const address = normaliseAddress(text);
  const named = user.devices.filter(
    (device) =>
      (device.number !== undefined && device.number === number) ||
      (device.address !== undefined && device.address === address),
  );
  return named.length === 1 ? named[0] : undefined;
}
