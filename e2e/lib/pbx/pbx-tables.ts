import { createHash } from 'node:crypto';
import { normaliseNumber } from '@medlyssning/policy';
import { type Cell, dbText } from './db-text.ts';

/** What of a Company resource the PBX needs. */
export interface PbxCompany {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly domains: readonly string[]; readonly country: string };
}

/** What of a User resource the PBX needs. */
export interface PbxUser {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly companyRef: { readonly name: string };
    readonly extension?: string;
    readonly fixedNumber?: string;
    readonly devices?: readonly {
      readonly name: string;
      readonly number?: string;
      readonly address?: string;
    }[];
  };
}

interface PbxTableInput {
  readonly companies: readonly PbxCompany[];
  readonly users: readonly PbxUser[];
  /** The digest password of the account `user@host`. */
  readonly passwordOf: (account: string) => string;
}

/** Kamailio's `route[NORMALISE]` reads national numbers of countries that put a 0 before them. */
const countryCodes: Readonly<Record<string, string>> = { SE: '46', FI: '358', DE: '49', GB: '44' };

/**
 * The tables `examples/kamailio.cfg` reads, as db_text files: file name → content. Every device with an address becomes an
 * account; numbers are written as E.164; a number that cannot be read is left out, as the policy leaves it out.
 */
export function pbxTables(input: PbxTableInput): ReadonlyMap<string, string> {
  const people = input.users.flatMap((user) => person(user, input));
  return new Map([
    [
      'version',
      dbText({ table_name: 'string', table_version: 'int' }, [
        ['version', 1],
        ['subscriber', 7],
      ]),
    ],
    [
      'companies',
      dbText({ domain: 'string', company: 'string', country_code: 'string' }, companyRows(input)),
    ],
    [
      'subscriber',
      dbText(
        {
          id: 'int',
          username: 'string',
          domain: 'string',
          ha1: 'string',
          number: 'string,null',
          device: 'string',
        },
        people
          .flatMap((one) => one.accounts.map((account) => [one, account] as const))
          .map(subscriberRow(input)),
      ),
    ],
    [
      'people',
      dbText(
        {
          number: 'string',
          company: 'string',
          person: 'string',
          accounts: 'string,null',
          sims: 'string,null',
        },
        people.flatMap(peopleRows),
      ),
    ],
    ['extensions', dbText({ extension: 'string', person: 'string' }, people.flatMap(extensionRows))],
  ]);
}

interface Person {
  /** The company's first domain. */
  readonly domain: string;
  readonly extension: string | undefined;
  readonly number: string | undefined;
  readonly sims: readonly string[];
  readonly accounts: readonly { readonly address: string; readonly device: string }[];
}

function person({ metadata, spec }: PbxUser, { companies }: PbxTableInput): readonly Person[] {
  const company = companies.find(
    (one) => one.metadata.name === spec.companyRef.name && one.metadata.namespace === metadata.namespace,
  );
  const domain = company?.spec.domains[0];
  if (company === undefined || domain === undefined) return [];
  const numberOf = (text: string | undefined) =>
    text === undefined ? undefined : normaliseNumber(text, { country: company.spec.country });
  const devices = spec.devices ?? [];
  return [
    {
      domain,
      extension: spec.extension,
      number: numberOf(spec.fixedNumber),
      sims: devices.flatMap(({ number }) => numberOf(number) ?? []),
      accounts: devices.flatMap(({ address, name }) =>
        address === undefined ? [] : [{ address, device: name }],
      ),
    },
  ];
}

function companyRows({ companies }: PbxTableInput): readonly (readonly Cell[])[] {
  return companies.flatMap(({ spec: { domains, country } }) => {
    const code = countryCodes[country];
    if (code === undefined) {
      throw new Error(
        `The PBX has no country code for ${country}; add it, or give the company another country.`,
      );
    }
    return domains.map((domain) => [domain, domains[0] ?? domain, code]);
  });
}

function subscriberRow({ passwordOf }: PbxTableInput) {
  return (
    [{ number = '' }, { address, device }]: readonly [Person, Person['accounts'][number]],
    i: number,
  ) => {
    const at = address.lastIndexOf('@');
    const [username, domain] = [address.slice(0, at), address.slice(at + 1)];
    const ha1 = createHash('md5')
      .update(`${username}:${domain}:${passwordOf(address)}`)
      .digest('hex');
    return [i + 1, username, domain, ha1, number, device];
  };
}

/** A person is found by the fixed number and by each SIM's, and is always named by the fixed one (R9). */
function peopleRows({ domain, number, sims, accounts }: Person) {
  const named = number ?? sims[0];
  if (named === undefined) return [];
  const addresses = accounts.map(({ address }) => address).join(';');
  return [...new Set([named, ...sims])].map((key) => [key, domain, named, addresses, sims.join(';')]);
}

function extensionRows({ domain, extension, number, sims }: Person) {
  const named = number ?? sims[0];
  return extension === undefined || named === undefined ? [] : [[`${extension}@${domain}`, named]];
}
