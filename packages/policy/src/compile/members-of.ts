import type { Company, ObjectMeta } from '../generated/resources.ts';

interface Member {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly companyRef: { readonly name: string } };
}

/**
 * The objects that are of the company: same namespace and `companyRef`, in order of name. One that is being deleted
 * is gone already: what it gave must not outlast the wish to take it away.
 */
export function membersOf<Object extends Member>(
  company: Company,
  objects: readonly Object[],
): readonly Object[] {
  const { name, namespace } = company.metadata;
  return objects
    .filter(
      ({ metadata, spec }) =>
        spec.companyRef.name === name &&
        metadata.namespace === namespace &&
        metadata.deletionTimestamp === undefined,
    )
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}
