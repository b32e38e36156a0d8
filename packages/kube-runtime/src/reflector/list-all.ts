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
 * What `keep` makes of everything, in pages, as it was at one moment after the call began. No resourceVersion is asked for: `0` would let an API server
 * that lags behind answer from its cache with what was true some time ago (and with no pages), and a right that was taken away would
 * come back. No more than a page is held as it came.
 */
export const listAll = async <T extends KubeObject, Kept>(
  api: Pick<KubeApi, 'list'>,
  type: ResourceType<T>,
  selection: Selection,
  keep: (object: T) => Kept,
  signal: AbortSignal,
): Promise<Listed<Kept>> => {
  const first = await api.list(type, { ...selection, limit: pageSize }, { signal });
  const items = first.items.map(keep);
  let page: ListPage<T> = first;
  while (page.continue !== undefined) {
    try {
      page = await api.list(type, { ...selection, limit: pageSize, continue: page.continue }, { signal });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410) throw error;
      // The moment of the first page has been compacted away. All at once cannot be overtaken.
      const all = await api.list(type, selection, { signal });
      return { items: all.items.map(keep), resourceVersion: all.resourceVersion };
    }
    for (const item of page.items) items.push(keep(item));
  }
  return { items, resourceVersion: first.resourceVersion };
};
