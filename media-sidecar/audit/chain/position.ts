import type { ChainHead } from './chain-row.ts';

/** Where a writer is in its chain. The two are one, unless rows that it wrote are gone from the store. */
export interface Position {
  /** The row that the next one is chained to. */
  readonly head: ChainHead;
  /** The last row in the store. */
  readonly end: ChainHead;
}

export const at = (head: ChainHead): Position => ({ head, end: head });

export const lacksRows = ({ head, end }: Position): boolean => head.hash !== end.hash || head.seq !== end.seq;

/** Of a store that was just opened and ends at `end`. `hasKnown`: it has the head that this process knows. */
export const opened = (known: ChainHead, end: ChainHead, hasKnown: boolean): Position =>
  hasKnown ? at(end) : { head: { seq: Math.max(known.seq, end.seq), hash: known.hash }, end };

/**
 * Of a store that ends at `end` now: unmoved, or further on by the hand of another process of this node. `undefined`: it is not the
 * store that was written to.
 */
export const moved = (position: Position, end: ChainHead, hasHead: boolean): Position | undefined => {
  if (!lacksRows({ head: position.end, end })) return position;
  return !lacksRows(position) && hasHead ? at(end) : undefined;
};
