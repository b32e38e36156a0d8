import type { PolicyIndex, UserRow } from '@medlyssning/policy';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { ActiveProfiles } from './active-profiles.ts';
import { findPerson } from './find-person.ts';
import type { PolicyStore } from './policy-store.ts';

/** What answers whose address it is, and which profile they have. */
export interface PartyKnowledge {
  readonly index: PolicyIndex;
  readonly profiles: Pick<ActiveProfiles, 'of'>;
  readonly store: Pick<PolicyStore, 'ageMs' | 'partlyKnown'>;
}

/**
 * Answers whose address it is, from the policy in force now. Of a policy that is too old to decide by nobody knows
 * whether the profile was switched: then none is known to be active when a call starts (R4).
 */
export const storePartyDirectory = ({ index, profiles, store }: PartyKnowledge): PartyDirectory => {
  const isStale = (row: UserRow): boolean => {
    const age = store.ageMs();
    return !(age >= 0 && age <= (index.company(row.company)?.listening.maxPolicyAgeMs ?? 0));
  };
  return {
    get partlyKnown() {
      return store.partlyKnown;
    },
    whoIs(address, domain) {
      const row = findPerson(index, address, domain);
      if (!row) return undefined;
      const { name, since } = profiles.of(row);
      return {
        company: row.company,
        user: row.name,
        profile: {
          name,
          since: isStale(row) ? Number.POSITIVE_INFINITY : since,
          allowed: row.profileAllows(name) === true,
        },
      };
    },
  };
};
