import type { ForkPolicy } from '../generated/resources.ts';
import type { CompanyEntry } from './company-entry.ts';
import { packRows } from './pack-rows.ts';
import type { CompanyPolicy } from './user-row.ts';

/** One applied ForkPolicy, packed. */
export interface Shard {
  readonly company: CompanyEntry;
  readonly settings: CompanyPolicy;
  readonly revision: string;
  /** Part of the company that this shard covers: 1 / count. */
  readonly share: number;
  /** Counts up with every ForkPolicy applied; the larger is the newer. */
  readonly sequence: number;
  /** Rows, as `writeUser` lays them out, and where each begins. */
  readonly bytes: Buffer;
  readonly places: Uint32Array;
}

/** Most rows of a shard, as the schema of ForkPolicy says. */
const maximumRows = 128;

/** Packs a ForkPolicy. Throws a `RangeError` where it has more users than the API server lets through. */
export function packShard(
  { spec, metadata }: ForkPolicy,
  company: CompanyEntry,
  settings: CompanyPolicy,
  sequence: number,
): Shard {
  if (spec.users.length > maximumRows) {
    throw new RangeError(
      `ForkPolicy ${metadata.namespace}/${metadata.name} has ${spec.users.length} users; at most ${maximumRows} are taken. Compile it anew.`,
    );
  }
  const { bytes, places } = packRows(spec.users, company.profileNames);
  return {
    company,
    settings,
    revision: spec.revision,
    share: 1 / spec.shard.count,
    sequence,
    bytes,
    places: Uint32Array.from(places),
  };
}
