import type { ForkPolicy } from '../generated/resources.ts';
import type { CompanyEntry } from './company-entry.ts';
import { packRows } from './pack-rows.ts';
import type { CompanyPolicy } from './user-row.ts';

/** One applied ForkPolicy; its rows lie in a `RowArena`. */
export interface Shard {
  readonly company: CompanyEntry;
  readonly settings: CompanyPolicy;
  readonly revision: string;
  /** Part of the company that this shard covers: 1 / count. */
  readonly share: number;
  /** Counts up with every ForkPolicy applied; the larger is the newer. */
  readonly sequence: number;
  /** Where each of its rows begins, counted from the first. */
  readonly places: Uint32Array;
}

/** A shard with its rows, as `writeUser` lays them out. */
export interface PackedShard {
  readonly shard: Shard;
  readonly rows: Buffer;
}

/** Most rows of a shard, as the schema of ForkPolicy says. */
const maximumRows = 128;

/** Packs a ForkPolicy. Throws a `RangeError` where it has more users than the API server lets through. */
export function packShard(
  { spec, metadata }: ForkPolicy,
  company: CompanyEntry,
  settings: CompanyPolicy,
  sequence: number,
): PackedShard {
  if (spec.users.length > maximumRows) {
    throw new RangeError(
      `ForkPolicy ${metadata.namespace}/${metadata.name} has ${spec.users.length} users; at most ${maximumRows} are taken. Compile it anew.`,
    );
  }
  const { bytes, places } = packRows(spec.users, company.profileNames);
  const shard = {
    company,
    settings,
    revision: spec.revision,
    share: 1 / spec.shard.count,
    sequence,
    places: Uint32Array.from(places),
  };
  return { shard, rows: bytes };
}
