import type { ForkPolicy, Path, Resource } from '@medlyssning/policy';

/** Objects of the API, and where they came from. */
export interface Origin {
  /** As sentences call it: `the folder acme`, `namespace acme`. */
  readonly name: string;
  readonly resources: readonly Resource[];
  /** Objects that cannot be read and so count for nothing, a sentence each. */
  readonly unread: readonly string[];
  /** `file:line` of a field; `undefined` in a cluster, where its object and field say it all. */
  readonly placeOf: (object: Resource, path: Path) => string | undefined;
  /** The ForkPolicies as the operator wrote them; `undefined` for a folder, of which a sidecar compiles its own. */
  readonly written: readonly ForkPolicy[] | undefined;
}

/** How people call an object: `User acme/anna`. */
export const nameOf = ({ kind, metadata }: Pick<Resource, 'kind' | 'metadata'>): string =>
  `${kind} ${metadata.namespace}/${metadata.name}`;
