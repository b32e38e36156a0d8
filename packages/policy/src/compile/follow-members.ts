import type { Company } from '../generated/resources.ts';
import { isMember, type Member, membersOf } from './members-of.ts';

/** Members of a company, and which of them are not the same objects as last time. */
export interface Followed<Object> {
  /** `true`: some came or went, or it is not known what there was before. */
  readonly moved: boolean;
  /** Where `moved`, all of them, in order of name; else those that took the place of their former selves. */
  readonly objects: readonly Object[];
}

/**
 * {@link membersOf} for a list that is nearly the same each time: what is at its old place is found by one look, and
 * nothing is sorted as long as nobody comes or goes. A list in another order is as good, and costs what the first did.
 */
export const createMemberFollower = <Object extends Member>(): ((
  company: Company,
  objects: readonly Object[],
) => Followed<Object>) => {
  let last: { readonly name: string; readonly namespace: string | undefined } | undefined;
  let before: readonly Object[] = [];
  return (company, objects) => {
    const { name, namespace } = company.metadata;
    const isSamePlace =
      last?.name === name && last.namespace === namespace && before.length === objects.length;
    const replaced: Object[] = [];
    const stays = (object: Object, i: number): boolean => {
      const known = before[i];
      if (known === object) return true;
      if (known === undefined || known.metadata.name !== object.metadata.name) return false;
      const member = isMember(company, object);
      if (member) replaced.push(object);
      return member === isMember(company, known);
    };
    const moved = !isSamePlace || !objects.every(stays);
    last = { name, namespace };
    before = objects;
    return { moved, objects: moved ? membersOf(company, objects) : replaced };
  };
};
