import type { CompanyEntry } from './company-entry.ts';
import { type KeyKind, keyHash } from './key-hash.ts';
import { KeyTable } from './key-table.ts';
import { PackedUser } from './packed-user.ts';
import { RowArena } from './row-arena.ts';
import type { PackedShard, Shard } from './shard.ts';

/** No shard has as many bytes: 128 users with all that one may have are below 1 MB. */
const shardRange = 2 ** 21;

/** Packed shards and the table that finds their users. A reference is a shard's number times 2^21, plus the row's place. */
export class UserStore {
  readonly #table = new KeyTable();
  readonly #rows = new RowArena();
  readonly #shards: (Shard | undefined)[] = [];
  readonly #numbers = new Map<Shard, number>();
  readonly #free: number[] = [];

  add({ shard, rows }: PackedShard): void {
    const number = this.#free.pop() ?? this.#shards.length;
    this.#shards[number] = shard;
    this.#numbers.set(shard, number);
    this.#rows.put(number, rows);
    this.#forEachKey(shard, number, (hash, reference) => this.#table.add(hash, reference));
  }

  remove(shard: Shard): void {
    const number = this.#numbers.get(shard);
    if (number === undefined) return;
    this.#forEachKey(shard, number, (hash, reference) => this.#table.remove(hash, reference));
    this.#numbers.delete(shard);
    this.#shards[number] = undefined;
    this.#rows.free(number);
    this.#free.push(number);
  }

  /** The rows of one shard. */
  *of(shard: Shard): Generator<PackedUser> {
    const number = this.#numbers.get(shard);
    if (number === undefined) return;
    for (const place of shard.places) {
      const user = this.#userAt(shard, number, place);
      if (user !== undefined) yield user;
    }
  }

  /** The rows that have the key, within one company or, without one, in all. Names and extensions need a company. */
  find(kind: KeyKind, key: string, company?: CompanyEntry): readonly PackedUser[] {
    const found: PackedUser[] = [];
    for (const reference of this.#table.find(keyHash(kind, key, scopeFor(kind, company)))) {
      const number = Math.floor(reference / shardRange);
      const shard = this.#shards[number];
      if (shard === undefined || (company !== undefined && shard.company !== company)) continue;
      const user = this.#userAt(shard, number, reference - number * shardRange);
      if (user?.isFoundBy(kind, key)) found.push(user);
    }
    return found;
  }

  #userAt(shard: Shard, number: number, place: number): PackedUser | undefined {
    const bytes = this.#rows.bytesOf(number);
    return bytes && new PackedUser(shard, bytes, this.#rows.startOf(number) + place);
  }

  #forEachKey(shard: Shard, number: number, visit: (hash: number, reference: number) => void): void {
    for (const place of shard.places) {
      const user = this.#userAt(shard, number, place);
      const hashes = user === undefined ? [] : hashesOf(user, shard.company);
      for (const hash of new Set(hashes)) visit(hash, number * shardRange + place);
    }
  }
}

/** Names and extensions mean something within their company only; the rest is looked for in all. */
function scopeFor(kind: KeyKind, company: CompanyEntry | undefined): number {
  return company !== undefined && (kind === 'name' || kind === 'extension') ? company.scope : 0;
}

function hashesOf(user: PackedUser, company: CompanyEntry): readonly number[] {
  const hashes: number[] = [];
  const add = (kind: KeyKind, key: string | undefined) => {
    if (key !== undefined) hashes.push(keyHash(kind, key, scopeFor(kind, company)));
  };
  add('name', user.name);
  add('extension', user.extension);
  add('number', user.fixedNumber);
  add('subject', user.subject);
  for (const { number, address } of user.devices) {
    add('number', number);
    add('address', address);
  }
  return hashes;
}
