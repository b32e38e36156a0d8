import type { Company, Entitlement, ForkPolicy, MediaNode, Profile, User } from '@medlyssning/policy';
import { Store } from 'kube-runtime';
import { companyKeyOf } from './company-key.ts';
import type { Stored } from './resources.ts';

/** What is known of the cluster. Members of a company are found under its key in the index `company`. */
export interface Stores {
  /** Indexes `domain` and `pool`. */
  readonly companies: Store<Stored<Company>>;
  readonly profiles: Store<Stored<Profile>>;
  readonly users: Store<Stored<User>>;
  readonly entitlements: Store<Stored<Entitlement>>;
  readonly policies: Store<Stored<ForkPolicy>>;
  /** Index `pool`. */
  readonly nodes: Store<Stored<MediaNode>>;
}

export const createStores = (onSubscriberError: (error: unknown) => void): Stores => {
  const ofCompany = {
    indexes: { company: (object: Parameters<typeof companyKeyOf>[0]) => [companyKeyOf(object) ?? []].flat() },
    onSubscriberError,
  };
  return {
    companies: new Store<Stored<Company>>({
      indexes: {
        // What is stored may be of another day's CRD.
        domain: ({ spec }) => (Array.isArray(spec?.domains) ? spec.domains : []),
        pool: ({ spec }) => [spec?.mediaPool ?? []].flat(),
      },
      onSubscriberError,
    }),
    profiles: new Store<Stored<Profile>>(ofCompany),
    users: new Store<Stored<User>>(ofCompany),
    entitlements: new Store<Stored<Entitlement>>(ofCompany),
    policies: new Store<Stored<ForkPolicy>>(ofCompany),
    nodes: new Store<Stored<MediaNode>>({
      indexes: { pool: ({ spec }) => [spec?.pool ?? []].flat() },
      onSubscriberError,
    }),
  };
};

/** Every company that exists or that some object says it is of. */
export const companyKeys = (stores: Stores): ReadonlySet<string> =>
  new Set([
    ...stores.companies.keys(),
    ...[stores.profiles, stores.users, stores.entitlements, stores.policies].flatMap((store) =>
      store.list().flatMap((object) => companyKeyOf(object) ?? []),
    ),
  ]);
