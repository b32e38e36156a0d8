import type { Company, Profile } from '../generated/resources.ts';
import type { PolicyUser } from './policy-user.ts';

/** What every user of a company is compiled against. */
export interface CompanyContext {
  readonly company: Company;
  /** Of profiles that a user names, those that exist; the same list for all who name the same. */
  readonly profilesOf: (names: readonly string[]) => PolicyUser['profiles'];
  /** Same text, same numbering: users read by it need not be read again. */
  readonly numberingText: string;
  /** Same text, same everything: users written against it need not be written again. */
  readonly text: string;
}

/** `profiles` are of this company and in order of name. */
export function companyContext(company: Company, profiles: readonly Profile[]): CompanyContext {
  const allows = profiles.map(({ metadata, spec }) => [metadata.name, spec.allowListening ?? false] as const);
  const { country, numberRanges, domains, listening } = company.spec;
  return {
    company,
    profilesOf: profileFinder(new Map(allows)),
    numberingText: JSON.stringify([country, numberRanges, domains]),
    text: JSON.stringify([allows, country, numberRanges, domains, listening]),
  };
}

/** Remembers what it gave: the many users of a company have few lists of profiles among them. */
const profileFinder = (allows: ReadonlyMap<string, boolean>): CompanyContext['profilesOf'] => {
  const given = new Map<string, PolicyUser['profiles']>();
  return (names) => {
    const key = JSON.stringify(names);
    const known = given.get(key);
    if (known !== undefined) return known;
    const found = [...new Set(names)].flatMap((name) => {
      const allowListening = allows.get(name);
      return allowListening === undefined ? [] : [{ name, allowListening }];
    });
    given.set(key, found);
    return found;
  };
};
