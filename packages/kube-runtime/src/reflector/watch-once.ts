import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { KubeApi, WatchQuery } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import type { WatchEvent } from '../api/watch-event.ts';
import type { Clock } from '../clock.ts';
import { linkedAbort } from '../linked-abort.ts';

/**
 * Resolves when the API server ends the watch. Rejects with what broke it, with what `onEvent` throws, or, after `idleMs` without any
 * event, with `ApiUnreachable`, reason `Timeout`: a connection that died without a word looks like one where nothing happens.
 */
export const watchOnce = async <T extends KubeObject>(
  { api, type, clock, idleMs }: Watched<T>,
  query: WatchQuery,
  signal: AbortSignal,
  onEvent: (event: WatchEvent<T>) => void,
): Promise<void> => {
  const own = linkedAbort(signal);
  const stalled = () =>
    own.abort(
      new ApiUnreachable(
        'Timeout',
        `The watch of ${type.plural} said nothing for ${idleMs} ms, no bookmark either.`,
      ),
    );
  let cancel = clock.after(idleMs, stalled);
  try {
    for await (const event of api.watch(type, query, { signal: own.signal })) {
      cancel();
      cancel = clock.after(idleMs, stalled);
      onEvent(event);
    }
  } finally {
    cancel();
    own.release();
  }
};

export interface Watched<T extends KubeObject> {
  readonly api: Pick<KubeApi, 'list' | 'watch'>;
  readonly type: ResourceType<T>;
  readonly clock: Clock;
  readonly idleMs: number;
}
