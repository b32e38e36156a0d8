import { ApiError } from '../api/api-error.ts';
import type { KubeApi } from '../api/kube-api.ts';
import type { KubeObject, ObjectRef } from '../api/kube-object.ts';
import { defineResource } from '../api/resource-type.ts';
import type { LeaseSpec } from './lease-record.ts';

interface Lease extends KubeObject {
  readonly spec?: LeaseSpec;
}

const leases = defineResource<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
});

/** One version of the Lease. */
export interface LeaseHandle {
  /** `undefined`: there is no such Lease. */
  readonly spec: LeaseSpec | undefined;
  /** Writes if this is still the version there is, and resolves with the new one; with `undefined` when somebody else wrote. */
  readonly write: (spec: LeaseSpec, signal: AbortSignal) => Promise<LeaseHandle | undefined>;
}

/** Where the Lease is kept. */
export interface LeaseLock {
  readonly read: (signal: AbortSignal) => Promise<LeaseHandle>;
}

/** The Lease `ref` at the API server; it is created when it is first taken. */
export const leaseLock = (api: KubeApi, ref: ObjectRef & { readonly namespace: string }): LeaseLock => {
  const present = (lease: Lease): LeaseHandle => ({
    spec: lease.spec,
    write: (spec, signal) => unlessChanged(() => api.replace(leases, { ...lease, spec }, {}, { signal })),
  });
  const absent: LeaseHandle = {
    spec: undefined,
    write: (spec, signal) => unlessChanged(() => api.create(leases, { metadata: ref, spec }, {}, { signal })),
  };
  const unlessChanged = async (write: () => Promise<Lease>): Promise<LeaseHandle | undefined> => {
    try {
      return present(await write());
    } catch (error) {
      if (error instanceof ApiError && (error.status === 409 || error.status === 404)) return undefined;
      throw error;
    }
  };
  return {
    read: async (signal) => {
      try {
        return present(await api.get(leases, ref, { signal }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return absent;
        throw error;
      }
    },
  };
};
