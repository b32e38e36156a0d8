import { randomInt } from 'node:crypto';

/** The spaces of keys; a fixed number is found as any number is, and then looked at closer. */
const spaces = { name: 1, number: 2, fixedNumber: 2, address: 3, extension: 4, subject: 5 } as const;

/** What a user can be found by. */
export type KeyKind = keyof typeof spaces;

/** Drawn once a process, so that nobody can choose names and numbers that fall together. */
const seed = randomInt(2 ** 32);

/**
 * 32-bit hash of a key, unsigned.
 *
 * @param scope `scopeOf` the company, where the key means something within one company only; else 0
 */
export function keyHash(kind: KeyKind, key: string, scope: number): number {
  return finish(mix(seed ^ scope ^ Math.imul(spaces[kind], 0x9e3779b1), key));
}

/** Sets the names and extensions of one company apart from those of others. */
export function scopeOf(companyKey: string): number {
  return finish(mix(seed, companyKey)) | 0;
}

function mix(start: number, text: string): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0xcc9e2d51);
    hash = (hash << 13) | (hash >>> 19);
  }
  return hash;
}

function finish(start: number): number {
  let hash = start;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
