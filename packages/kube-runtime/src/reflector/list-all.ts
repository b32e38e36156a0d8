import { ApiError } from '../api/api-error.ts';
import type { KubeApi, ListPage, Selection } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';

const pageSize = 500;

export interface Listed<T> {
  readonly items: readonly T[];
  /** Of all items, though they came in pages. */
  readonly resourceVersion: string;
}

/**
 * Everything, in pages, as it was at one moment after the call began. No resourceVersion is asked for: `0` would let an API server
 * that lags behind answer from its cache with what was true some time ago (and with no pages), and a right that was taken away would
 * come back.
 */
export const listAll = async <T extends KubeObject>(
  api: Pick<KubeApi, 'list'>,
  type: ResourceType<T>,
  selection: Selection,
  signal: AbortSignal,
): Promise<Listed<T>> => {
  const first = await api.list(type, { ...selection, limit: pageSize }, { signal });
  const items = [...first.items];
  let page: ListPage<T> = first;
  while (page.continue !== undefined) {
    try {
      page = await api.list(type, { ...selection, limit: pageSize, continue: page.continue }, { signal });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410) throw error;
      // The moment of the first page has been compacted away. All at once cannot be overtaken.
      return await api.list(type, selection, { signal });
    }
    for (const item of page.items) items.push(item);
  }
  return { items, resourceVersion: first.resourceVersion };
};
