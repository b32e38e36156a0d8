import type { KubeObject } from './api/kube-object.ts';

/** They are up to half of an object, and only the API server has a use for them. */
export const withoutManagedFields = <T extends KubeObject>(object: T): T => {
  if (!('managedFields' in object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
};
