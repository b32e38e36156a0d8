import type { ErasureRecord } from '../audit-log.ts';
import { type ChainHead, type ChainRow, digestOf, hashOf, noHead } from './chain-row.ts';
import { type ExportedRow, isWithheld } from './withheld-rows.ts';

/**
 * What is wrong, and where. `changed`: the row is not what was written. `removed`: rows `seq` to `through` are gone. `unlinked`:
 * the row does not follow the one before it. `erased`: its content is gone, and no record of an erasure says so.
 * `rewritten`: a published head names another row at this place.
 */
export interface Flaw {
  readonly kind: 'changed' | 'removed' | 'unlinked' | 'erased' | 'rewritten';
  readonly node: string;
  readonly seq: number;
  readonly through: number;
}

/** A head that was published elsewhere while the chain grew: in the log, in the MediaNode. */
export interface PublishedHead extends ChainHead {
  readonly node: string;
}

/** One node's chain. */
export interface VerifiedChain {
  readonly node: string;
  readonly rows: number;
  /** Rows whose content was erased by retention. */
  readonly erased: number;
  /** Rows of others, in an export of one company. What is in them, only the store can say. */
  readonly withheld: number;
  readonly head: ChainHead;
}

export interface Verification {
  readonly chains: readonly VerifiedChain[];
  /** The first hundred; empty where all is as it was written. */
  readonly flaws: readonly Flaw[];
  readonly flawCount: number;
}

/** Gives all rows by node and then by seq, from the beginning at each call. May throw what the store throws. */
export type ReadRows = () => AsyncIterable<ExportedRow> | Iterable<ExportedRow>;

const shownFlaws = 100;

/** Of each company, from before which time content was erased according to the chains. */
const erasures = async (read: ReadRows): Promise<ReadonlyMap<string | null, number>> => {
  const before = new Map<string | null, number>();
  for await (const row of read()) {
    if (isWithheld(row)) continue;
    if (row.kind !== 'erasure' || row.content === null || hashOf(row) !== row.hash) continue;
    if (digestOf(row.salt, row.content) !== row.digest) continue;
    const erasure = JSON.parse(row.content) as ErasureRecord;
    const at = Date.parse(erasure.before);
    if (at > (before.get(erasure.company) ?? Number.NEGATIVE_INFINITY)) before.set(erasure.company, at);
  }
  return before;
};

/**
 * Goes through every chain and finds each row that was changed, removed, put elsewhere, or emptied without a record of it. That the
 * last rows were removed, or all was written anew, shows by `published` alone: a chain knows nothing of what came after it.
 */
export const verifyChains = async (
  read: ReadRows,
  published: readonly PublishedHead[] = [],
): Promise<Verification> => {
  const erasedBefore = await erasures(read);
  const chains: VerifiedChain[] = [];
  const flaws: Flaw[] = [];
  let flawCount = 0;
  const found = (kind: Flaw['kind'], node: string, seq: number, through = seq): void => {
    flawCount += 1;
    if (flaws.length < shownFlaws) flaws.push({ kind, node, seq, through });
  };
  let chain: VerifiedChain | undefined;
  for await (const row of read()) {
    const { node, seq } = row;
    if (!chain || chain.node !== node) {
      if (chain) chains.push(chain);
      chain = { node, rows: 0, erased: 0, withheld: 0, head: noHead };
    }
    const { head } = chain;
    const through = isWithheld(row) ? row.through : seq;
    if (seq > head.seq + 1) found('removed', node, head.seq + 1, seq - 1);
    else if (seq !== head.seq + 1 || !(isWithheld(row) || row.prev === head.hash))
      found('unlinked', node, seq);
    const emptied = !isWithheld(row) && row.content === null && row.salt === null;
    if (isWithheld(row) ? through < seq : !isAsWritten(row)) found('changed', node, seq);
    else if (emptied && !(row.kind !== 'erasure' && row.at < (erasedBefore.get(row.company) ?? 0)))
      found('erased', node, seq);
    for (const there of published)
      if (there.node === node && there.seq === through && there.hash !== row.hash)
        found('rewritten', node, through);
    const count = Math.max(through - seq + 1, 0);
    chain = {
      node,
      rows: chain.rows + count,
      erased: chain.erased + (emptied ? 1 : 0),
      withheld: chain.withheld + (isWithheld(row) ? count : 0),
      head: { seq: through, hash: row.hash },
    };
  }
  if (chain) chains.push(chain);
  for (const [node, seq] of furthest(published)) {
    const end = chains.find((other) => other.node === node)?.head.seq ?? 0;
    if (end < seq) found('removed', node, end + 1, seq);
  }
  return { chains, flaws, flawCount };
};

/** Does the row fit its hash, and its content, unless that is erased, its digest? */
const isAsWritten = (row: ChainRow): boolean => {
  const emptied = row.content === null && row.salt === null;
  return hashOf(row) === row.hash && (emptied || digestOf(row.salt, row.content) === row.digest);
};

const furthest = (published: readonly PublishedHead[]): ReadonlyMap<string, number> => {
  const heads = new Map<string, number>();
  for (const { node, seq } of published) heads.set(node, Math.max(seq, heads.get(node) ?? 0));
  return heads;
};
