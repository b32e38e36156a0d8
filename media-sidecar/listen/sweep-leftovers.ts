import type { Logger } from 'pino';
import type { CallEngine } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { describeCall } from '../observe/query-to-call.ts';
import { relayLabel } from './mix.ts';

/**
 * Takes down what an earlier life of this sidecar left on the engines: nobody can vouch for those listens any more.
 * The listening engine is ours alone, so all of it goes; on the call engine only subscriptions under our own label.
 */
export const sweepLeftovers = async (
  callEngine: CallEngine,
  listeningEngine: ListeningEngine,
  log: Logger,
): Promise<void> => {
  const mixes = await listeningEngine.list();
  await Promise.all(mixes.map((mix) => listeningEngine.deleteMix({ mix }).catch(() => {})));
  let relays = 0;
  for (const callId of await callEngine.list()) {
    const call = await callEngine.query({ callId }).catch(() => undefined);
    if (!call) continue;
    for (const toTag of describeCall(call).subscriptionsLabelled(relayLabel)) {
      relays += 1;
      await callEngine.unsubscribe({ callId, toTag }).catch(() => {});
    }
  }
  if (mixes.length + relays > 0)
    log.warn({ mixes: mixes.length, relays }, 'leftovers of an earlier run taken down');
};
