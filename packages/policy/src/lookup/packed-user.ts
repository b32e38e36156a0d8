import { ByteReader } from './byte-reader.ts';
import type { KeyKind } from './key-hash.ts';
import type { Shard } from './shard.ts';
import { has, readDevice } from './user-codec.ts';
import type { DeviceRow, UserRow } from './user-row.ts';

/** A user read from its packed row as it is asked; see `writeUser` for the layout. */
export class PackedUser implements UserRow {
  readonly shard: Shard;
  readonly #bytes: Buffer;
  readonly #at: number;
  #name: string | undefined;

  /** @param at where in `bytes` the row begins */
  constructor(shard: Shard, bytes: Buffer, at: number) {
    this.shard = shard;
    this.#bytes = bytes;
    this.#at = at;
  }

  get company(): string {
    return this.shard.company.key;
  }

  get revision(): string {
    return this.shard.revision;
  }

  get name(): string {
    this.#name ??= this.#texts().reader.text();
    return this.#name;
  }

  isNamed(name: string): boolean {
    return this.#name === undefined ? this.#texts().reader.isText(name) : this.#name === name;
  }

  get displayName(): string {
    return this.#after(3).text();
  }

  get extension(): string | undefined {
    return this.#optional(has.extension, 2);
  }

  get fixedNumber(): string | undefined {
    return this.#optional(has.fixedNumber, 1);
  }

  /** Login, for the HTTP API. */
  get subject(): string | undefined {
    return this.#optional(has.subject, 4);
  }

  get devices(): readonly DeviceRow[] {
    const reader = this.#after(5);
    return Array.from({ length: reader.varint() }, () => readDevice(reader));
  }

  /** Can the user be found by this key? Makes no strings, since every look-up asks it. */
  isFoundBy(kind: KeyKind, key: string): boolean {
    switch (kind) {
      case 'name':
        if (!this.isNamed(key)) return false;
        this.#name = key;
        return true;
      case 'extension':
        return this.#hasText(has.extension, 2, key);
      case 'fixedNumber':
        return this.#hasText(has.fixedNumber, 1, key);
      case 'subject':
        return this.#hasText(has.subject, 4, key);
      case 'number':
        return this.#hasText(has.fixedNumber, 1, key) || this.devices.some(({ number }) => number === key);
      case 'address':
        return this.devices.some(({ address }) => address === key);
    }
  }

  licensedAt(now: number): boolean {
    const reader = this.#reader();
    const flags = reader.byte();
    return (flags & has.licence) !== 0 && ((flags & has.licenceEnd) === 0 || now < reader.double());
  }

  mayListenAt(now: number): boolean {
    const reader = this.#reader();
    const flags = reader.byte();
    if ((flags & has.licenceEnd) !== 0) reader.skipDouble();
    return (flags & has.right) !== 0 && ((flags & has.rightEnd) === 0 || now < reader.double());
  }

  get activeProfile(): { readonly name: string; readonly since: number } {
    const { flags, reader } = this.#profiles();
    const name = this.shard.company.profileNames[reader.varint()] ?? '';
    return { name, since: (flags & has.activeSince) === 0 ? Number.NEGATIVE_INFINITY : reader.double() };
  }

  profileAllows(profile: string): boolean | undefined {
    const { flags, reader } = this.#profiles();
    reader.varint();
    if ((flags & has.activeSince) !== 0) reader.skipDouble();
    for (let left = reader.varint(); left > 0; left--) {
      const entry = reader.varint();
      if (this.shard.company.profileNames[entry >>> 1] === profile) return (entry & 1) === 1;
    }
    return undefined;
  }

  #reader(): ByteReader {
    return new ByteReader(this.#bytes, this.#at);
  }

  /** At the active profile. */
  #profiles(): { flags: number; reader: ByteReader } {
    const reader = this.#reader();
    const flags = reader.byte();
    if ((flags & has.licenceEnd) !== 0) reader.skipDouble();
    if ((flags & has.rightEnd) !== 0) reader.skipDouble();
    return { flags, reader };
  }

  /** At the first text, the name. */
  #texts(): { flags: number; reader: ByteReader } {
    const { flags, reader } = this.#profiles();
    reader.varint();
    if ((flags & has.activeSince) !== 0) reader.skipDouble();
    for (let left = reader.varint(); left > 0; left--) reader.varint();
    return { flags, reader };
  }

  /** Behind so many of the texts, those that the row lacks counted too. */
  #after(texts: number): ByteReader {
    const { flags, reader } = this.#texts();
    reader.skipText();
    if (texts > 1 && (flags & has.fixedNumber) !== 0) reader.skipText();
    if (texts > 2 && (flags & has.extension) !== 0) reader.skipText();
    if (texts > 3) reader.skipText();
    if (texts > 4 && (flags & has.subject) !== 0) reader.skipText();
    return reader;
  }

  #hasText(flag: number, texts: number, text: string): boolean {
    return (this.#reader().byte() & flag) !== 0 && this.#after(texts).isText(text);
  }

  #optional(flag: number, texts: number): string | undefined {
    return (this.#reader().byte() & flag) === 0 ? undefined : this.#after(texts).text();
  }
}
