import type { PolicyIndex, UserRow } from '@medlyssning/policy';
import type { PartyDirectory } from '../book/party-directory.ts';
import { findPerson } from './find-person.ts';

/** Answers whose address it is, from the policy in force now. */
export const storePartyDirectory = (index: PolicyIndex): PartyDirectory => ({
  whoIs(address, domain) {
    const row: UserRow | undefined = findPerson(index, address, domain);
    if (!row) return undefined;
    const { name, since } = row.activeProfile;
    return {
      company: row.company,
      user: row.name,
      profile: { name, since, allowed: row.profileAllows(name) === true },
    };
  },
});
