import type { PolicyIndex } from '@medlyssning/policy';
import { nameSearch, type SearchedName } from '@medlyssning/policy/name-search';

export interface Page {
  /** `metadata.name` of each, in the order of their names as the company's language sorts them. */
  readonly names: readonly string[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
}

/** The people of a company in order, kept sorted until the policy changes. */
export class ColleagueList {
  readonly #index: PolicyIndex;
  readonly #sorted = new Map<string, readonly SearchedName[]>();

  constructor(index: PolicyIndex) {
    this.#index = index;
  }

  /** To be called when the policy has changed. */
  forget(): void {
    this.#sorted.clear();
  }

  /** @param search beginnings of words of a name, or of an extension; empty finds all */
  page(company: string, { search, from, limit }: { search: string; from: number; limit: number }): Page {
    const everybody = this.#of(company);
    const all = search.trim() === '' ? everybody : everybody.filter(nameSearch(search));
    const names = all.slice(from, from + limit).map(({ name }) => name);
    return { names, next: from + limit < all.length ? from + limit : null };
  }

  #of(company: string): readonly SearchedName[] {
    const known = this.#sorted.get(company);
    if (known) return known;
    const { compare } = new Intl.Collator(this.#index.company(company)?.language ?? 'en');
    const sorted = [...this.#index.usersOf(company)]
      .map(({ name, displayName, extension }) => ({ name, displayName, extension }))
      .sort((a, b) => compare(a.displayName, b.displayName) || compare(a.name, b.name));
    this.#sorted.set(company, sorted);
    return sorted;
  }
}
