import { ApiError, type KubeApi } from 'kube-runtime';
import type { ChainHead } from '../audit/chain/chain-row.ts';
import { mediaNodes } from '../kubernetes/resource-types.ts';

const deadlineMs = 5_000;

/** Where the chain of audit records of this node ended when its MediaNode was last written; `undefined`: it says nothing, or is not there. */
export const publishedHead = async (
  { api, namespace }: { readonly api: Pick<KubeApi, 'get'>; readonly namespace: string },
  node: string,
): Promise<ChainHead | undefined> => {
  const signal = AbortSignal.timeout(deadlineMs);
  const found = await api.get(mediaNodes, { namespace, name: node }, { signal }).catch((error) => {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  });
  const audit = found?.status?.audit;
  return audit && { seq: audit.rows, hash: audit.head };
};
