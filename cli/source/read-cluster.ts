import {
  companies,
  entitlements,
  forkPolicies,
  profiles,
  users,
} from '@medlyssning/operator/watch/resources.ts';
import { checkStored, type Resource, readForkPolicy } from '@medlyssning/policy';
import { ApiError, ApiUnreachable, type KubeApi, type KubeObject, type ResourceType } from 'kube-runtime';
import { Unanswered, whyText } from '../errors.ts';
import { nameOf, type Origin } from './origin.ts';

const perPage = 500;

/**
 * Reads all that a decision rests on in these namespaces. All or nothing: of objects that the caller may not read nobody could
 * say what they allow, and a verdict without them would be wrong.
 * @throws Unanswered
 */
export const readCluster = async (
  api: Pick<KubeApi, 'list'>,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<Origin> => {
  const types = [companies, profiles, users, entitlements, forkPolicies] as const;
  const lists = await Promise.allSettled(
    namespaces.flatMap((namespace) => types.map((type) => listAll<KubeObject>(api, type, namespace, signal))),
  );
  const all = lists.flatMap((list) => {
    if (list.status === 'rejected') throw list.reason;
    return list.value;
  });
  const stored = all as unknown as readonly Resource[];
  const flaws = new Map(stored.map((one) => [one, flawOf(one)]));
  const resources = stored.filter((one) => flaws.get(one) === undefined);
  return {
    name: `namespace ${namespaces.join(', ')}`,
    resources: resources.filter(({ kind }) => kind !== 'ForkPolicy'),
    unread: [...flaws].flatMap(([one, flaw]) => (flaw === undefined ? [] : [`${nameOf(one)}: ${flaw}`])),
    placeOf: () => undefined,
    written: resources.filter((one) => one.kind === 'ForkPolicy'),
  };
};

/** What keeps it from being read. A ForkPolicy is judged as a media node of this version would: its word is what is in force. */
const flawOf = (one: Resource): string | undefined => {
  if (one.kind !== 'ForkPolicy') return checkStored(one.kind, one);
  const read = readForkPolicy(one);
  return read.kind === 'invalid' ? read.message : undefined;
};

/** All pages of a list. @throws Unanswered */
export const listAll = async <T extends KubeObject>(
  api: Pick<KubeApi, 'list'>,
  type: ResourceType<T>,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly T[]> => {
  const all: T[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await api.list(type, { namespace, limit: perPage, continue: next }, { signal });
      all.push(...page.items);
      next = page.continue;
    } while (next);
  } catch (cause) {
    throw new Unanswered(whyNot(cause, type.plural, namespace), { cause });
  }
  return all;
};

/** Why the cluster gave no answer about such objects, and what to do. */
export const whyNot = (cause: unknown, plural: string, namespace: string): string => {
  const message = whyText(cause);
  if (cause instanceof ApiError && cause.status === 403)
    return `You may not read ${plural} in namespace ${namespace}, so no answer can be given. Ask its administrator for the role medlyssning-viewer there. (${message})`;
  if (cause instanceof ApiError && cause.status === 401)
    return `The cluster does not know you: ${message}. Log in again, or name another user with --kubeconfig or --context.`;
  if (cause instanceof ApiError && cause.status === 404)
    return `The cluster has no ${plural}.medlyssning.dev. Install the definitions of crds/, or name another cluster with --context, or a folder with --filename.`;
  if (cause instanceof ApiUnreachable)
    return `The cluster gave no answer: ${message}. Check the kubeconfig (kubectl cluster-info), or name a folder of YAML with --filename.`;
  return `${plural} in namespace ${namespace} could not be read: ${message}.`;
};
