import type { KubeObject } from '../api/kube-object.ts';
import { defineResource } from '../api/resource-type.ts';

/** The object an event is about. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
}

/** An Event of events.k8s.io/v1, as far as it is written here. */
export interface Event extends KubeObject {
  /** RFC 3339 with microseconds, as all times here. */
  readonly eventTime: string;
  readonly reportingController: string;
  readonly reportingInstance: string;
  readonly action: string;
  readonly reason: string;
  readonly regarding: ObjectReference;
  readonly note?: string;
  readonly type: 'Normal' | 'Warning';
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
}

export const events = defineResource<Event>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
});

/** What to tell people who run `kubectl describe` on the object. */
export interface Occurrence {
  readonly regarding: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  /** Why, in PascalCase, for machines. */
  readonly reason: string;
  /** What was done, in PascalCase, for machines. */
  readonly action: string;
  /** For people; cut at the 1 kB that Kubernetes takes. */
  readonly note: string;
}

export const referenceTo = ({ apiVersion, kind, metadata }: KubeObject): ObjectReference => {
  const { namespace, name, uid } = metadata;
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name, uid };
};
