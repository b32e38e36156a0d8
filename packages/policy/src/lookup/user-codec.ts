import type { ForkPolicySpec } from '../generated/resources.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { DeviceKind, DeviceRow } from './user-row.ts';

/** Which optional parts a row has, one bit each. */
export const has = {
  licence: 1,
  licenceEnd: 2,
  right: 4,
  rightEnd: 8,
  extension: 16,
  fixedNumber: 32,
  subject: 64,
  activeSince: 128,
} as const;

const deviceKinds: readonly DeviceKind[] = [
  'MobileSubscription',
  'MobileApp',
  'Desk',
  'Softphone',
  'Browser',
];
const [kindBits, deviceHasNumber, deviceHasAddress] = [7, 8, 16];

/**
 * Writes a row: flags, ends of licence and right, active profile and since, profiles, then the texts in the order
 * name, fixedNumber, extension, displayName, subject, devices. What decides and what one is most often found by comes
 * first, so a decision reads few bytes.
 */
export function writeUser(
  writer: ByteWriter,
  user: ForkPolicySpec['users'][number],
  profileIndex: (name: string) => number,
): void {
  const { licensedUntil, mayListenUntil, activeProfile, extension, fixedNumber, subject } = user;
  writer.byte(
    (user.licensed ? has.licence : 0) |
      (licensedUntil === undefined ? 0 : has.licenceEnd) |
      (user.mayListen ? has.right : 0) |
      (mayListenUntil === undefined ? 0 : has.rightEnd) |
      (extension === undefined ? 0 : has.extension) |
      (fixedNumber === undefined ? 0 : has.fixedNumber) |
      (subject === undefined ? 0 : has.subject) |
      (activeProfile.since === undefined ? 0 : has.activeSince),
  );
  // A time that cannot be read refuses: the licence ended long ago, the profile became active after every call.
  if (licensedUntil !== undefined) writer.double(timeOr(Number.NEGATIVE_INFINITY, licensedUntil));
  if (mayListenUntil !== undefined) writer.double(timeOr(Number.NEGATIVE_INFINITY, mayListenUntil));
  writer.varint(profileIndex(activeProfile.name));
  if (activeProfile.since !== undefined) writer.double(timeOr(Number.POSITIVE_INFINITY, activeProfile.since));
  writer.varint(user.profiles.length);
  for (const { name, allowListening } of user.profiles) {
    writer.varint(profileIndex(name) * 2 + (allowListening ? 1 : 0));
  }
  writer.text(user.name);
  if (fixedNumber !== undefined) writer.text(fixedNumber);
  if (extension !== undefined) writer.text(extension);
  writer.text(user.displayName);
  if (subject !== undefined) writer.text(subject);
  writer.varint(user.devices.length);
  for (const device of user.devices) writeDevice(writer, device);
}

function writeDevice(writer: ByteWriter, { name, kind, number, address }: DeviceRow): void {
  writer.byte(
    deviceKinds.indexOf(kind) |
      (number === undefined ? 0 : deviceHasNumber) |
      (address === undefined ? 0 : deviceHasAddress),
  );
  writer.text(name);
  if (number !== undefined) writer.text(number);
  if (address !== undefined) writer.text(address);
}

/** Reads one device from where it begins. */
export function readDevice(reader: ByteReader): DeviceRow {
  const flags = reader.byte();
  const kind = deviceKinds[flags & kindBits];
  if (kind === undefined)
    throw new Error('A packed device has a kind that is not known; this is a fault of PolicyIndex.');
  return {
    name: reader.text(),
    kind,
    ...((flags & deviceHasNumber) !== 0 && { number: reader.text() }),
    ...((flags & deviceHasAddress) !== 0 && { address: reader.text() }),
  };
}

function timeOr(fallback: number, text: string): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? fallback : time;
}
