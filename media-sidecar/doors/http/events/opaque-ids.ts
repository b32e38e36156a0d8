import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Ids of events. What they count is common to all companies of a node, so they are enciphered: else their gaps would tell one company
 * how much happens at the others (R10). After a restart the old ones mean nothing.
 */
export interface OpaqueIds {
  seal(sequence: number): string;
  /** Something, for an id that was not made here: most likely a number that was never given. */
  open(id: string): number | undefined;
}

const algorithm = 'aes-128-ecb';
const block = 16;

/** One block each, half of it random: no two ids are the same, and ECB shows nothing. */
export const createOpaqueIds = (): OpaqueIds => {
  const key = randomBytes(16);
  return {
    seal(sequence) {
      const plain = randomBytes(block);
      plain.writeBigUInt64BE(BigInt(sequence));
      const cipher = createCipheriv(algorithm, key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(plain), cipher.final()]).toString('hex');
    },
    open(id) {
      if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
      const decipher = createDecipheriv(algorithm, key, null).setAutoPadding(false);
      const plain = Buffer.concat([decipher.update(Buffer.from(id, 'hex')), decipher.final()]);
      const sequence = plain.readBigUInt64BE();
      return sequence <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sequence) : undefined;
    },
  };
};
