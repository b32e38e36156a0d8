import { compareResourceVersions, type KubeApi } from 'kube-runtime';
import { forkPolicies } from '../kubernetes/resource-types.ts';
import { every } from '../timing/every.ts';
import type { PolicyStore } from './policy-store.ts';

export interface ProofParts {
  readonly api: Pick<KubeApi, 'list' | 'watch'>;
  readonly fieldSelector: string;
  /** How far the changes were followed; `undefined` before the first list. */
  readonly followedTo: () => string | undefined;
  readonly store: Pick<PolicyStore, 'index' | 'ageMs'>;
  /** ms since the epoch. */
  readonly now: () => number;
}

export interface Proof {
  /** When it was last proved that what was followed is all there is, ms since the epoch; -Infinity: never. */
  readonly at: number;
  stop(): void;
}

/** No ForkPolicy has this label: a list of them is short, and yet read at the source. */
const nothing = 'medlyssning.dev/none';
/** The API server sends a bookmark 2 s before a watch ends by its own timeout, if there is something new to say. */
const watchSeconds = 3;
const patienceMs = 5_000;
const lookMs = 250;

/**
 * While no policy changes, the watch is silent for a minute and, with an etcd that does not tell of its progress, for
 * longer. A company may want its policy to be younger than that. So it is asked in between: a list of nothing brings the API
 * server to its storage's present, and tells of which resourceVersion that is. Where changes of other things have brought it
 * beyond what we followed, a short watch from there has to begin with a bookmark: nothing was missed.
 */
export const proveCurrent = ({ api, fieldSelector, followedTo, store, now }: ProofParts): Proof => {
  const stopped = new AbortController();
  let at = Number.NEGATIVE_INFINITY;

  /** Four times within the shortest age that a company takes. */
  const askedAfterMs = (): number => {
    const ages = [...store.index.companies()].map(({ listening }) => listening.maxPolicyAgeMs);
    return Math.min(...ages) / 4;
  };

  const isCurrent = async (followed: string): Promise<boolean> => {
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(patienceMs)]);
    const present = await api.list(forkPolicies, { labelSelector: nothing }, { signal });
    if ((compareResourceVersions(present.resourceVersion, followed) ?? 1) <= 0) return true;
    const query = {
      fieldSelector,
      resourceVersion: followed,
      allowBookmarks: true,
      timeoutSeconds: watchSeconds,
    };
    for await (const event of api.watch(forkPolicies, query, { signal })) return event.type === 'BOOKMARK';
    return false;
  };

  const { stop } = every(lookMs, async () => {
    const followed = followedTo();
    if (followed === undefined || store.ageMs() < askedAfterMs()) return;
    const began = now();
    // What keeps this from being answered keeps the policy from being confirmed, and that is all it shall do.
    if (await isCurrent(followed).catch(() => false)) at = began;
  });
  return {
    get at() {
      return at;
    },
    stop() {
      stopped.abort();
      stop();
    },
  };
};
