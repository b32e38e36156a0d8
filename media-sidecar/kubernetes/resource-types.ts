import type { MediaNode, User } from '@medlyssning/policy';
import { defineResource, type KubeObject } from 'kube-runtime';

/** As the API server gives it: with a uid and a resourceVersion. */
type Stored<T> = T & KubeObject;

const ours = { group: 'medlyssning.dev', version: 'v1alpha1', namespaced: true } as const;

/** Read from the cluster as what it is there: `readForkPolicy` says whether it is what we take it for. */
export const forkPolicies = defineResource<KubeObject>({
  ...ours,
  kind: 'ForkPolicy',
  plural: 'forkpolicies',
});

export const mediaNodes = defineResource<Stored<MediaNode>>({
  ...ours,
  kind: 'MediaNode',
  plural: 'medianodes',
});

export const users = defineResource<Stored<User>>({ ...ours, kind: 'User', plural: 'users' });

export const tokenReviews = defineResource<KubeObject>({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenReview',
  plural: 'tokenreviews',
  namespaced: false,
});

export const subjectAccessReviews = defineResource<KubeObject>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  namespaced: false,
});

/** Field manager of all that a sidecar writes. */
export const fieldManager = 'medlyssning-sidecar';
