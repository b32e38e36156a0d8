import { writeActiveProfile } from '@medlyssning/media-sidecar/policy/switch-active-profile.ts';
import { users } from '@medlyssning/operator/watch/resources.ts';
import { ApiError, type KubeApi } from 'kube-runtime';
import { Unanswered, UsageError, whyText } from '../errors.ts';
import { type ClusterOptions, openCluster } from '../source/open-cluster.ts';
import { whyNot } from '../source/read-cluster.ts';
import { noSuchProfile, type Switch, type Switched } from './switched.ts';

const deadlineMs = 10_000;

/**
 * Writes the active profile to the User's status, from where the operator compiles it for all media nodes.
 * @throws UsageError, Unanswered
 */
export const switchByCluster = async (asked: Switch, options: ClusterOptions): Promise<Switched> => {
  const { api, namespace: ofContext } = openCluster(options);
  await using _ = api;
  const [namespace, name] = asked.user.includes('/') ? asked.user.split('/') : [ofContext, asked.user];
  return await write(api, { namespace: namespace ?? ofContext, name: name ?? '' }, asked);
};

const write = async (
  api: KubeApi,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { profile, since }: Switch,
): Promise<Switched> => {
  const signal = AbortSignal.timeout(deadlineMs);
  const user = `${namespace}/${name}`;
  const { spec } = await api.get(users, { namespace, name }, { signal }).catch((cause) => {
    throw new Unanswered(isMissing(cause) ? noSuchUser(user) : whyNot(cause, 'users', namespace), { cause });
  });
  if (!spec.profiles.includes(profile)) throw new UsageError(noSuchProfile(user, profile, spec.profiles));
  const who = { company: `${namespace}/${spec.companyRef.name}`, user: name };
  const active = { name: profile, since: since.getTime() };
  const outcome = await writeActiveProfile(api, who, active, signal).catch((cause) => {
    throw new Unanswered(whyNotWritten(cause, user), { cause });
  });
  if (outcome.kind === 'switched') {
    const { previous } = outcome;
    return { user, profile, since: since.toISOString(), ...(previous !== undefined && { previous }) };
  }
  if (outcome.kind === 'refused' && outcome.reason === 'SinceTooOld')
    throw new Unanswered(`A later switch of ${user} stands there already; nothing was changed.`);
  throw new Unanswered(noSuchUser(user));
};

/** The API server's word for an object, and not for a kind, that is not there. */
const isMissing = (cause: unknown): boolean => cause instanceof ApiError && cause.reason === 'NotFound';

const noSuchUser = (user: string): string =>
  `There is no User ${user} in the cluster. kubectl get users -n ${user.split('/')[0]} lists those there are.`;

const whyNotWritten = (cause: unknown, user: string): string => {
  const message = whyText(cause);
  return cause instanceof ApiError && cause.status === 403
    ? `You may not switch the profile of ${user}. Ask for the role medlyssning-pbx in its namespace, or switch it at the PBX. (${message})`
    : `The profile of ${user} could not be switched: ${message}.`;
};
