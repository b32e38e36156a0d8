import type { Company, MediaNode, ObjectMeta } from '@medlyssning/policy';
import type { KubeObject, Store } from 'kube-runtime';
import { type ObjectKey, objectKey, type ReportedKind } from '../status/object-key.ts';
import { type CompanyKey, companyKeyOf } from './company-key.ts';
import type { Stored } from './resources.ts';
import type { Stores } from './stores.ts';
import { whatChanged } from './what-changed.ts';

/** Who has to look again. */
export interface Followers {
  /** The policy of this company may have to be another one. */
  readonly onCompany: (key: CompanyKey) => void;
  /** The status of this object may have to be another one. */
  readonly onObject: (key: ObjectKey) => void;
}

type Member = KubeObject & { readonly metadata: ObjectMeta & KubeObject['metadata'] } & Parameters<
    typeof companyKeyOf
  >[0];

/** Turns changes of the stores into the keys they concern. Returns what ends it. */
export const followStores = (stores: Stores, followers: Followers): (() => void) => {
  const ends = [
    followMembers(stores.profiles, 'Profile', followers),
    followMembers(stores.users, 'User', followers),
    followMembers(stores.entitlements, 'Entitlement', followers),
    followMembers(stores.policies, 'ForkPolicy', followers),
    followCompanies(stores, followers),
    followNodes(stores, followers),
  ];
  return () => {
    for (const end of ends) end();
  };
};

const followMembers = <T extends Member>(
  store: Store<T>,
  kind: ReportedKind,
  { onCompany, onObject }: Followers,
): (() => void) =>
  store.subscribe(({ key, before, after }) => {
    const changed = whatChanged(before, after);
    if (changed === 'status') onObject(objectKey(kind, key));
    if (changed !== 'policy') return;
    const concerned = [before, after].flatMap((object) => (object && companyKeyOf(object)) ?? []);
    for (const company of new Set(concerned)) onCompany(company);
    // A policy that was put back has the same compile behind it, and yet another generation. And what has no readable
    // company is nobody's: no compile will name it.
    if (after !== undefined && (kind === 'ForkPolicy' || companyKeyOf(after) === undefined))
      onObject(objectKey(kind, key));
  });

/** A company concerns those, too, that claim one of its domains, or did until now: their status tells it. */
const followCompanies = ({ companies }: Stores, { onCompany, onObject }: Followers): (() => void) =>
  companies.subscribe(({ key, before, after }) => {
    const changed = whatChanged(before, after);
    if (changed === 'status') onObject(objectKey('Company', key));
    if (changed !== 'policy') return;
    onCompany(key);
    const domains = new Set([...domainsOf(before), ...domainsOf(after)]);
    for (const domain of domains)
      for (const { metadata } of companies.by('domain', domain))
        onObject(objectKey('Company', `${metadata.namespace}/${metadata.name}`));
  });

/** Media nodes report each second; only which policies they enforce, and where, concerns companies. */
const followNodes = ({ companies, nodes }: Stores, { onObject }: Followers): (() => void) =>
  nodes.subscribe(({ before, after }) => {
    if (before !== undefined && after !== undefined && says(before) === says(after)) return;
    const pools = new Set([before, after].flatMap((node) => node?.spec?.pool ?? []));
    for (const pool of pools)
      for (const { metadata } of companies.by('pool', pool))
        onObject(objectKey('Company', `${metadata.namespace}/${metadata.name}`));
  });

const says = ({ spec, status }: MediaNode): string => {
  const applied = status?.conditions?.find(({ type }) => type === 'PolicyApplied')?.status;
  return `${spec?.pool} ${status?.policyResourceVersion} ${applied}`;
};

const domainsOf = (company: Stored<Company> | undefined): readonly string[] =>
  Array.isArray(company?.spec?.domains) ? company.spec.domains : [];
