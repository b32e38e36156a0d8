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
export { compareResourceVersions } from './compare-resource-versions.ts';
export { guardWrites } from './election/guard-writes.ts';
export { type Leadership, NotLeading } from './election/leadership.ts';
export { LeaseElection, type LeaseElectionOptions } from './election/lease-election.ts';
export { type LeaseLock, leaseLock } from './election/lease-lock.ts';
export { type ObjectReference, type Occurrence, referenceTo } from './events/event.ts';
export { type EventCounters, EventRecorder, type EventRecorderOptions } from './events/event-recorder.ts';
export { addFinalizer, removeFinalizer } from './finalizers/finalizers.ts';
export { createKubeApi } from './http/create-kube-api.ts';
export { default as KubernetesOperator } from './operator/operator.ts';
export { pause } from './pause.ts';
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
export type { Condition, WantedCondition } from './status/condition.ts';
export {
  type StatusObject,
  type StatusOutcome,
  StatusWriter,
  type StatusWriterOptions,
  type WantedStatus,
} from './status/status-writer.ts';
export { type IndexFunction, Store, type StoreChange, type Subscriber } from './store.ts';
