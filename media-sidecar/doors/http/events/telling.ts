import type { UserRow } from '@medlyssning/policy';
import { lineOf } from '../../../listen/gather.ts';
import type { Person } from '../../../registry/line-registry.ts';
import type { Notice } from './notice.ts';
import type { OpaqueIds } from './opaque-ids.ts';
import { type Reader, type TellParts, type Told, tell } from './tell.ts';

export interface TellingParts extends TellParts {
  readonly ids: OpaqueIds;
}

/**
 * What happened, told to many readers at one moment. All of whom `decide()` would see the same are told the same, worked out and
 * written once; a reader whom it concerns themself is told alone.
 */
export class Telling {
  readonly #parts: TellingParts;
  readonly #now: number;
  readonly #notices: readonly Notice[];
  readonly #concerned: ReadonlySet<string>;
  readonly #texts = new Map<string, Buffer | undefined>();

  /** @param notices in the order of their numbers, one at least */
  constructor(parts: TellingParts, notices: readonly Notice[]) {
    this.#now = parts.know.now();
    // a licence that ends meanwhile ends for all readers of this moment, or for none
    this.#parts = { ...parts, know: { ...parts.know, now: () => this.#now } };
    this.#notices = notices;
    this.#concerned = new Set(notices.flatMap(peopleIn).map(keyOf));
  }

  /** The number of the last of them. */
  get reaches(): number {
    return this.#notices.at(-1)?.sequence ?? 0;
  }

  /** The same for one who was told this far already; `undefined`: nothing is new to them. */
  after(sequence: number): Telling | undefined {
    const from = this.#notices.findIndex((notice) => notice.sequence > sequence);
    if (from === -1) return undefined;
    return from === 0 ? this : new Telling(this.#parts, this.#notices.slice(from));
  }

  /** The events for this reader as they go over the wire; `undefined`: none. @param row of the reader, as the policy has them now */
  to(reader: Reader, row: UserRow): Buffer | undefined {
    const audience = this.#audienceOf(reader, row);
    if (!this.#texts.has(audience)) this.#texts.set(audience, this.#textFor(reader));
    return this.#texts.get(audience);
  }

  /** What readers have in common who are told the same: all that a decision, or `mayKnow`, looks at of them. */
  #audienceOf({ person, isAdministrator }: Reader, row: UserRow): string {
    const { know } = this.#parts;
    const key = keyOf(person);
    if (this.#concerned.has(key)) return `one ${isAdministrator} ${key}`;
    const { calls, listens } = lineOf(know, row);
    const [licensed, mayListen] = [row.licensedAt(this.#now), row.mayListenAt(this.#now)];
    return [person.company, isAdministrator, licensed, mayListen, calls, listens].join(' ');
  }

  #textFor(reader: Reader): Buffer | undefined {
    const told = tell(this.#parts, reader, this.#notices);
    if (told.length === 0) return undefined;
    const id = this.#parts.ids.seal(this.reaches);
    // the last alone has an id: who is cut off within them is told all of them again
    return Buffer.from(told.map((one, n) => frame(one, n === told.length - 1 ? id : undefined)).join(''));
  }
}

const peopleIn = (notice: Notice): readonly Person[] => {
  if (notice.kind === 'call') return notice.people;
  return notice.kind === 'listen' ? [notice.listener, notice.target] : [];
};

/** Kubernetes names hold no space. */
const keyOf = ({ company, name }: Person): string => `${company} ${name}`;

export const frame = ({ event, data }: Told, id: string | undefined): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
