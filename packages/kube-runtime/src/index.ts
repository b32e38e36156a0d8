export { ApiError, type ApiErrorDetails } from './api/api-error.ts';
export { ApiUnreachable, type UnreachableReason } from './api/api-unreachable.ts';
export type * from './api/kube-api.ts';
export {
  type KubeObject,
  keyOf,
  type ObjectMeta,
  type ObjectRef,
  type OwnerReference,
  refOf,
} from './api/kube-object.ts';
export { apiVersionOf, defineResource, type ResourceType } from './api/resource-type.ts';
export type { WatchEvent } from './api/watch-event.ts';
export { type Clock, systemClock } from './clock.ts';
export { guardWrites } from './election/guard-writes.ts';
export { type Leadership, NotLeading } from './election/leadership.ts';
export { LeaseElection, type LeaseElectionOptions } from './election/lease-election.ts';
export { type LeaseLock, leaseLock } from './election/lease-lock.ts';
export { createKubeApi } from './http/create-kube-api.ts';
export {
  type WorkHandler,
  WorkQueue,
  type WorkQueueHooks,
  type WorkQueueOptions,
} from './queue/work-queue.ts';
export { MissedChanges } from './reflector/miss-check.ts';
export { Reflector } from './reflector/reflector.ts';
export type {
  ReflectorCounters,
  ReflectorOptions,
  ReflectorProblem,
  ReflectorTimings,
} from './reflector/reflector-options.ts';
export { type IndexFunction, Store, type StoreChange, type Subscriber } from './store.ts';
