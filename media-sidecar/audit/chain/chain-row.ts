import { createHash, randomBytes } from 'node:crypto';
import type { ChainedRecord } from '../audit-log.ts';

/** Where a node's chain ends: its last row. */
export interface ChainHead {
  /** Rows are counted from 1; 0: there is none yet. */
  readonly seq: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** What a row says of itself, its content aside; it stays when the content is erased. */
interface Envelope {
  readonly node: string;
  readonly seq: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly kind: ChainedRecord['record'];
  /** Of the attempt, or of the erasure. */
  readonly id: string;
  readonly company: string | null;
  /** Days that the content is kept where no policy of the company says otherwise. */
  readonly retentionDays: number;
  /** SHA-256 of the JSON array of salt and content, hex. */
  readonly digest: string;
  /** Hash of the row before. */
  readonly prev: string;
}

/** One record as it is stored: chained to the one before it on the same node. */
export interface ChainRow extends Envelope {
  /** SHA-256 of the envelope's canonical bytes, hex. */
  readonly hash: string;
  /** Hex; null once erased. */
  readonly salt: string | null;
  /** The record, JSON; null once erased. */
  readonly content: string | null;
}

/** What a node's first row has before it. */
export const noHead: ChainHead = { seq: 0, hash: '0'.repeat(64) };

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

/** Canonical bytes: a JSON array in this order, without white space. The first element is the version of the form. */
export const hashOf = (row: Envelope): string =>
  sha256(
    JSON.stringify([
      'medlyssning-audit/1',
      row.node,
      row.seq,
      row.at,
      row.kind,
      row.id,
      row.company,
      row.retentionDays,
      row.digest,
      row.prev,
    ]),
  );

/** Salted, since who listened to whom could be guessed from a bare hash long after the content was erased. */
export const digestOf = (salt: string | null, content: string | null): string =>
  sha256(JSON.stringify([salt, content]));

/** The row that this record becomes behind `head`. */
export const chainRow = (node: string, head: ChainHead, record: ChainedRecord): ChainRow => {
  const salt = randomBytes(16).toString('hex');
  const content = JSON.stringify(record);
  const envelope: Envelope = {
    node,
    seq: head.seq + 1,
    at: Date.parse(record.at),
    kind: record.record,
    id: record.id,
    company: record.company,
    retentionDays: record.record === 'erasure' ? 0 : record.retentionDays,
    digest: digestOf(salt, content),
    prev: head.hash,
  };
  return { ...envelope, hash: hashOf(envelope), salt, content };
};

/** The columns of a row in the order of the tables: those of both stores have the same. */
export const valuesOf = (row: ChainRow) =>
  [
    row.node,
    row.seq,
    row.at,
    row.kind,
    row.id,
    row.company,
    row.retentionDays,
    row.digest,
    row.prev,
    row.hash,
    row.salt,
    row.content,
  ] as const;
