import type { ListeningEngine } from '../engines/listening-engine.ts';
import { every } from '../timing/every.ts';
import type { ListenService } from './listen-service.ts';
import type { Mix } from './mix.ts';
import type { RelayPool } from './relay-pool.ts';

export interface WatchParts {
  readonly listeningEngine: Pick<ListeningEngine, 'query'>;
  readonly relays: RelayPool;
  readonly service: ListenService;
}

const pauseMs = 500;

/**
 * Asks the listening engine for each mix in use, again and again. An engine that is gone, or that has forgotten a mix
 * because it was restarted, ends the listens of that mix with `MediaFailed`; calls are on the other engine.
 */
export const watchMixes = ({ listeningEngine, relays, service }: WatchParts): { stop(): void } => {
  const check = async (mix: Mix): Promise<void> => {
    await listeningEngine.query({ callId: mix.id }, { timeoutMs: 1_000 }).catch(() => {
      // ended meanwhile, its relays released: that is no failure
      if (!relays.isUp(mix)) return;
      relays.forget(mix);
      service.endWhere((listen) => listen.mix === mix, 'MediaFailed');
    });
  };
  return every(pauseMs, async () => {
    await Promise.all(relays.mixes.map(check));
  });
};
