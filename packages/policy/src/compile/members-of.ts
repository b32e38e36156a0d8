import type { Company, ObjectMeta } from '../generated/resources.ts';

export interface Member {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly companyRef: { readonly name: string } };
}

/**
 * Is the object of the company: same namespace and `companyRef`? One that is being deleted is gone already: what it gave
 * must not outlast the wish to take it away.
 */
export const isMember = ({ metadata: { name, namespace } }: Company, { metadata, spec }: Member): boolean =>
  spec.companyRef.name === name &&
  metadata.namespace === namespace &&
  metadata.deletionTimestamp === undefined;

/** The objects that are of the company, in order of name. */
export const membersOf = <Object extends Member>(
  company: Company,
  objects: readonly Object[],
): readonly Object[] =>
  objects
    .filter((object) => isMember(company, object))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
