import type { ForkPolicySpec } from '../generated/resources.ts';
import { ByteWriter } from './byte-writer.ts';
import { writeUser } from './user-codec.ts';

const writer = new ByteWriter();

/** Users packed into one buffer, about 150 bytes each, and where each begins. */
export interface PackedRows {
  readonly bytes: Buffer;
  readonly places: readonly number[];
}

/**
 * Packs users one behind the other.
 *
 * @param profileNames names that rows point at; those that are new are added at its end
 */
export function packRows(users: ForkPolicySpec['users'], profileNames: string[]): PackedRows {
  const profileIndex = (name: string) => {
    const known = profileNames.indexOf(name);
    return known < 0 ? profileNames.push(name) - 1 : known;
  };
  const places = users.map((user) => {
    const place = writer.length;
    writeUser(writer, user, profileIndex);
    return place;
  });
  return { bytes: writer.take(), places };
}
