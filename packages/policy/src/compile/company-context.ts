import type { Company, Profile } from '../generated/resources.ts';

/** What every user of a company is compiled against. */
export interface CompanyContext {
  readonly company: Company;
  /** Whether each profile of the company allows listening (R4), by name. */
  readonly profiles: ReadonlyMap<string, boolean>;
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
    profiles: new Map(allows),
    numberingText: JSON.stringify([country, numberRanges, domains]),
    text: JSON.stringify([allows, country, numberRanges, domains, listening]),
  };
}
