import { isDeepStrictEqual } from 'node:util';
import type { ForkPolicy, OwnerReference } from '@medlyssning/policy';

/**
 * Does the object in the cluster say what is wanted: spec, labels and owner? Labels, annotations and owners that others
 * added are theirs. The revision is not enough: an edit by hand leaves it as it was.
 */
export const isAsWanted = (observed: ForkPolicy, wanted: ForkPolicy): boolean =>
  observed.spec?.revision === wanted.spec.revision &&
  hasAll(observed.metadata.labels, wanted.metadata.labels) &&
  (wanted.metadata.ownerReferences ?? []).every((owner) =>
    (observed.metadata.ownerReferences ?? []).some((other) => isSameOwner(other, owner)),
  ) &&
  isDeepStrictEqual(observed.spec, wanted.spec);

type Labels = Readonly<Record<string, string>>;

const hasAll = (labels: Labels = {}, wanted: Labels = {}): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

const isSameOwner = (a: OwnerReference, b: OwnerReference): boolean =>
  a.uid === b.uid &&
  a.apiVersion === b.apiVersion &&
  a.kind === b.kind &&
  a.name === b.name &&
  a.controller === b.controller &&
  a.blockOwnerDeletion === b.blockOwnerDeletion;
