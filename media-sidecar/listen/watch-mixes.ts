import type { ListeningEngine } from '../engines/listening-engine.ts';
import type { Observer } from '../observe/observer.ts';
import { every } from '../timing/every.ts';
import type { Listen } from './listen.ts';
import type { ListenService } from './listen-service.ts';
import type { Mix } from './mix.ts';
import type { RelayPool } from './relay-pool.ts';
import { Silence } from './silence.ts';

export interface WatchParts {
  readonly listeningEngine: Pick<ListeningEngine, 'query'>;
  readonly observer: Pick<Observer, 'refresh'>;
  readonly relays: RelayPool;
  readonly service: ListenService;
}

const pauseMs = 500;
const engineWithin = { timeoutMs: 1_000 };

/**
 * Looks after the calls that are listened to, again and again, on both engines. A listening engine that is gone, or has
 * forgotten a mix because it was restarted, and a call engine that can no longer say who is in the call, end those
 * listens with `MediaFailed`: nobody can vouch for them. A browser from which nothing comes any more has hung up.
 */
export const watchMixes = ({ listeningEngine, observer, relays, service }: WatchParts): { stop(): void } => {
  const fail = (mix: Mix): void => {
    // ended meanwhile, its relays released: that is no failure
    if (!relays.isUp(mix)) return;
    service.endWhere((listen) => listen.mix === mix, 'MediaFailed');
    void relays.abandon(mix);
  };
  const silence = new Silence(() => performance.now());
  const check = async (mix: Mix): Promise<void> => {
    try {
      const [answer] = await Promise.all([
        listeningEngine.query({ callId: mix.id }, engineWithin),
        observer.refresh(mix.callId),
      ]);
      const isGone = (listen: Listen) => listen.mix === mix && silence.isGone(listen, answer);
      service.endWhere(isGone, 'ListenerHungUp');
    } catch {
      fail(mix);
    }
  };
  return every(pauseMs, async () => {
    await Promise.all(relays.mixes.filter((mix) => mix.relays.size > 0).map(check));
  });
};
