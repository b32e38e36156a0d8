import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { PublishedHead } from '@medlyssning/media-sidecar/audit/chain/verify-chains.ts';
import { Unanswered, whyText } from '../errors.ts';

/** Longer than any line that tells of a head. */
const longestLine = 4096;

/**
 * The heads of chains that a sidecar's log tells of, the furthest of each node last: where a chain ended when it was written. Lines
 * that are about something else count for nothing.
 * @throws Unanswered where the log cannot be read, or tells of none
 */
export const readHeads = async (file: string): Promise<readonly PublishedHead[]> => {
  const heads: PublishedHead[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file) }))
      if (line.length <= longestLine) heads.push(...headIn(line));
  } catch (cause) {
    throw new Unanswered(`The log ${file} cannot be read: ${whyText(cause)}.`, { cause });
  }
  if (heads.length === 0)
    throw new Unanswered(
      `The log ${file} tells of no audit record that was written. Name the log of a media sidecar, at level info.`,
    );
  return heads;
};

const headIn = (line: string): readonly PublishedHead[] => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  const { node, audit } = (value ?? {}) as Record<string, unknown>;
  const { seq, hash } = (audit ?? {}) as Record<string, unknown>;
  const isHead = typeof node === 'string' && Number.isSafeInteger(seq) && /^[0-9a-f]{64}$/.test(String(hash));
  return isHead ? [{ node, seq: Number(seq), hash: String(hash) }] : [];
};
