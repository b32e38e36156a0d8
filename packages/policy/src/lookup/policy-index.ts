import type { ForkPolicy } from '../generated/resources.ts';
import { parseUri } from '../numbers/parse-uri.ts';
import { CompanyEntry } from './company-entry.ts';
import { companyPolicy } from './company-policy.ts';
import { readNamed } from './dialled.ts';
import type { KeyKind } from './key-hash.ts';
import type { PackedUser } from './packed-user.ts';
import { packShard, type Shard } from './shard.ts';
import type { CompanyPolicy, UserRow } from './user-row.ts';
import { UserStore } from './user-store.ts';

/**
 * The policy in force: the ForkPolicies of all companies, packed (some 300 bytes a user), to be asked for people by
 * name, number, address and login. A ForkPolicy that is applied or removed counts for the very next question.
 *
 * Whoever cannot be told apart is nobody: what names two people gives `undefined`, and listening is refused.
 */
export class PolicyIndex {
  readonly #users = new UserStore();
  readonly #companies = new Map<string, CompanyEntry>();
  /** By `namespace/name` of the ForkPolicy. */
  readonly #shards = new Map<string, Shard>();
  #sequence = 0;
  /** Made when it is asked for first, and anew after settings have changed. */
  #byDomain: ReadonlyMap<string, CompanyPolicy | 'several'> | undefined;

  /** Takes a ForkPolicy in, in place of the one of the same name. Throws, and changes nothing, where it is malformed. */
  apply(policy: ForkPolicy): void {
    const { namespace, name } = policy.metadata;
    const key = `${namespace}/${policy.spec.companyRef.name}`;
    const known = this.#companies.get(key);
    const settings = shared(known?.policy, companyPolicy(known?.key ?? key, policy.spec.company));
    const company = known ?? new CompanyEntry(settings);
    const packed = packShard(policy, company, settings, ++this.#sequence);
    if (settings !== known?.policy) this.#byDomain = undefined;
    company.add(packed.shard);
    this.#companies.set(key, company);
    this.#users.add(packed);
    this.remove(namespace, name);
    this.#shards.set(`${namespace}/${name}`, packed.shard);
  }

  /** Forgets a ForkPolicy; one that is not there is left so. */
  remove(namespace: string, name: string): void {
    const shard = this.#shards.get(`${namespace}/${name}`);
    if (shard === undefined) return;
    this.#shards.delete(`${namespace}/${name}`);
    this.#users.remove(shard);
    const { company } = shard;
    company.delete(shard);
    if (company.policy !== shard.settings) this.#byDomain = undefined;
    if (company.shards.size > 0) return;
    this.#companies.delete(company.key);
    this.#byDomain = undefined;
  }

  /** Every company, by key (`namespace/name`). */
  *companies(): Generator<CompanyPolicy> {
    for (const { policy } of this.#companies.values()) yield policy;
  }

  company(key: string): CompanyPolicy | undefined {
    return this.#companies.get(key)?.policy;
  }

  /** The company that a SIP domain names, in whatever case; `undefined` where two claim it. */
  companyByDomain(domain: string): CompanyPolicy | undefined {
    this.#byDomain ??= domainMap(this.companies());
    const found = this.#byDomain.get(domain.toLowerCase());
    return found === 'several' ? undefined : found;
  }

  userByName(companyKey: string, name: string): UserRow | undefined {
    const company = this.#companies.get(companyKey);
    return company && this.#only('name', name, company);
  }

  /** Everybody of a company, in no order. */
  *usersOf(companyKey: string): Generator<UserRow> {
    const company = this.#companies.get(companyKey);
    if (company === undefined) return;
    for (const shard of company.shards)
      for (const user of this.#users.of(shard)) if (!company.overlaps || this.#isNewest(user)) yield user;
  }

  /** Whose fixed number or device number this is (E.164), in any company. */
  userByNumber(e164: string): UserRow | undefined {
    return this.#only('number', e164);
  }

  /** Whose login this is, in any company. */
  userBySubject(subject: string): UserRow | undefined {
    return this.#only('subject', subject);
  }

  /** The person whom a number as dialled names (R9): by fixed number or extension, never by a device's own number. */
  personByDialled(companyKey: string, text: string): UserRow | undefined {
    const company = this.#companies.get(companyKey);
    if (company === undefined) return undefined;
    const { number, extension } = readNamed(text, company.policy);
    return same([
      number && this.#only('fixedNumber', number, company),
      extension && this.#only('extension', extension, company),
    ]);
  }

  /**
   * The user whom an identity (P-Asserted-Identity, ng metadata) names, by any number, address or extension of theirs.
   * Looked for in the given company, else in the one whose domain the identity has at its end; without either in all
   * companies, and then only by what is unique among them: international numbers and addresses.
   */
  userByIdentity(text: string, companyKey?: string): UserRow | undefined {
    const company = companyKey === undefined ? this.#companyOf(text) : this.#companies.get(companyKey);
    if (companyKey !== undefined && company === undefined) return undefined;
    const { number, extension, address } = readNamed(text, company?.policy ?? nowhere);
    return same([
      number && this.#only('number', number, company),
      extension && company && this.#only('extension', extension, company),
      address && this.#only('address', address, company),
    ]);
  }

  #companyOf(text: string): CompanyEntry | undefined {
    const host = parseUri(text)?.host;
    const company = host === undefined ? undefined : this.companyByDomain(host);
    return company && this.#companies.get(company.key);
  }

  #only(kind: KeyKind, key: string, company?: CompanyEntry): PackedUser | undefined {
    let only: PackedUser | undefined;
    for (const user of this.#users.find(kind, key, company)) {
      if (user.shard.company.overlaps && !this.#isNewest(user)) continue;
      if (only !== undefined) return undefined;
      only = user;
    }
    return only;
  }

  /** While shards overlap, a user's newest row alone counts: what the old one says is over. */
  #isNewest({ name, shard }: PackedUser): boolean {
    return this.#users
      .find('name', name, shard.company)
      .every((other) => other.shard.sequence <= shard.sequence);
  }
}

/** Shards of a company say the same settings; one object of them is enough. */
function shared(known: CompanyPolicy | undefined, settings: CompanyPolicy): CompanyPolicy {
  return known !== undefined && JSON.stringify(known) === JSON.stringify(settings) ? known : settings;
}

/** Where no company is known, no country's national numbers and no domain's extensions are. */
const nowhere = { country: '', domains: [] };

/** The one user that all the findings are, if they agree. */
function same(findings: readonly (UserRow | string | undefined)[]): UserRow | undefined {
  const users = findings.filter((user) => typeof user === 'object');
  return users.every(({ name, company }) => name === users[0]?.name && company === users[0].company)
    ? users[0]
    : undefined;
}

function domainMap(companies: Iterable<CompanyPolicy>): ReadonlyMap<string, CompanyPolicy | 'several'> {
  const byDomain = new Map<string, CompanyPolicy | 'several'>();
  for (const company of companies) {
    for (const domain of company.domains) byDomain.set(domain, byDomain.has(domain) ? 'several' : company);
  }
  return byDomain;
}
