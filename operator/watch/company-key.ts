import type { ObjectMeta } from '@medlyssning/policy';

/** Names a company, whether it exists or not: `namespace/name`. All work is queued by it. */
export type CompanyKey = string;

/** Key of an object in its store: `namespace/name`. */
export const keyOf = ({ metadata }: { readonly metadata: Pick<ObjectMeta, 'name' | 'namespace'> }): string =>
  `${metadata.namespace}/${metadata.name}`;

interface Member {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly companyRef?: { readonly name?: unknown } };
}

/** The company that an object says it is of; none where what is stored does not say it readably. */
export const companyKeyOf = ({ metadata, spec }: Member): CompanyKey | undefined => {
  const name = spec?.companyRef?.name;
  return typeof name === 'string' ? `${metadata.namespace}/${name}` : undefined;
};
