import type {
  Company,
  Entitlement,
  ForkPolicy,
  MediaNode,
  ObjectMeta,
  Profile,
  Resource,
  User,
} from '@medlyssning/policy';
import { defineResource } from 'kube-runtime';

/** An object as an API server gives it. */
export type Stored<T extends Resource> = T & {
  readonly metadata: ObjectMeta & { readonly uid: string; readonly resourceVersion: string };
};

const ours = { group: 'medlyssning.dev', version: 'v1alpha1', namespaced: true } as const;

export const companies = defineResource<Stored<Company>>({ ...ours, kind: 'Company', plural: 'companies' });
export const profiles = defineResource<Stored<Profile>>({ ...ours, kind: 'Profile', plural: 'profiles' });
export const users = defineResource<Stored<User>>({ ...ours, kind: 'User', plural: 'users' });
export const entitlements = defineResource<Stored<Entitlement>>({
  ...ours,
  kind: 'Entitlement',
  plural: 'entitlements',
});
export const forkPolicies = defineResource<Stored<ForkPolicy>>({
  ...ours,
  kind: 'ForkPolicy',
  plural: 'forkpolicies',
});
export const mediaNodes = defineResource<Stored<MediaNode>>({
  ...ours,
  kind: 'MediaNode',
  plural: 'medianodes',
});
