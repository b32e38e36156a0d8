import type { PolicyIndex } from '@medlyssning/policy';

interface Name {
  readonly name: string;
  readonly displayName: string;
  /** Lower case, for the search. */
  readonly found: string;
}

export interface Page {
  /** `metadata.name` of each, in the order of their names as the company's language sorts them. */
  readonly names: readonly string[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
}

/** The people of a company in order, kept sorted until the policy changes. */
export class ColleagueList {
  readonly #index: PolicyIndex;
  readonly #sorted = new Map<string, readonly Name[]>();

  constructor(index: PolicyIndex) {
    this.#index = index;
  }

  /** To be called when the policy has changed. */
  forget(): void {
    this.#sorted.clear();
  }

  /** @param search part of a name or an extension */
  page(company: string, { search, from, limit }: { search: string; from: number; limit: number }): Page {
    const wanted = search.toLowerCase();
    const all = this.#of(company).filter(({ found }) => found.includes(wanted));
    const names = all.slice(from, from + limit).map(({ name }) => name);
    return { names, next: from + limit < all.length ? from + limit : null };
  }

  #of(company: string): readonly Name[] {
    const known = this.#sorted.get(company);
    if (known) return known;
    const { compare } = new Intl.Collator(this.#index.company(company)?.language ?? 'en');
    const sorted = [...this.#index.usersOf(company)]
      .map(({ name, displayName, extension }) => ({
        name,
        displayName,
        found: `${displayName} ${name} ${extension ?? ''}`.toLowerCase(),
      }))
      .sort((a, b) => compare(a.displayName, b.displayName) || compare(a.name, b.name));
    this.#sorted.set(company, sorted);
    return sorted;
  }
}
