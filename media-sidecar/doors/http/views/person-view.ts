import type { PolicyIndex } from '@medlyssning/policy';
import type { Person } from '../../../registry/line-registry.ts';

/** A colleague, by the name of their User and as people call them. */
export interface PersonView {
  readonly user: string;
  readonly displayName: string;
}

export const personView = (index: PolicyIndex, { company, name }: Person): PersonView => ({
  user: name,
  displayName: index.userByName(company, name)?.displayName ?? name,
});

export const samePerson = (a: Person, b: Person): boolean => a.company === b.company && a.name === b.name;
