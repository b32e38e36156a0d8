import type { AdminRequest } from '@medlyssning/tools/control-plane/admin-client.ts';
import { attemptsOnCompanies } from './attempts-on-companies.ts';
import { attemptsOnPolicy } from './attempts-on-policy.ts';
import { attemptsOnRights } from './attempts-on-rights.ts';
import { attemptsOnRoles } from './attempts-on-roles.ts';
import { attemptsOnUsers } from './attempts-on-users.ts';
import type { Json } from './requests.ts';

/** What an attempt may look at. */
export interface Around {
  /** An object of Acme, for example `users/karin`. */
  readonly read: (target: string) => Promise<{ readonly metadata: Json; readonly spec: Json } & Json>;
  /** An ownerReference to something that is not there any more: whatever carries it is garbage. */
  readonly owner: Json;
}

/** By the words of docs/r3.md. */
export type Attempts = Readonly<Record<string, (around: Around) => AdminRequest | Promise<AdminRequest>>>;

export const attempts: Attempts = {
  ...attemptsOnRights,
  ...attemptsOnUsers,
  ...attemptsOnCompanies,
  ...attemptsOnPolicy,
  ...attemptsOnRoles,
};
