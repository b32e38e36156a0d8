import { randomUUID } from 'node:crypto';
import { NgError } from 'rtpengine-ng-client';
import { type CallEngine, SubscriptionInDoubt } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { type Relay, relayLabel } from './mix.ts';

export interface RelayEngines {
  readonly call: CallEngine;
  readonly listening: ListeningEngine;
}

/** Told of what could not be undone; the rest is undone all the same. */
export type UndoFailed = (what: string, error: unknown) => void;

/** Copies one party's audio to the listening engine. Nothing can come back: the ends are sendonly and recvonly. */
export const openRelay = async (
  engines: RelayEngines,
  of: { readonly callId: string; readonly mix: string; readonly partyTag: string },
  undoFailed: UndoFailed,
): Promise<Relay> => {
  const { callId, mix, partyTag } = of;
  const close = (subscription: string) => closeRelay(engines, callId, subscription, undoFailed);
  const { toTag, sdp } = await engines.call
    .subscribeRequest({ callId, fromTag: partyTag, label: relayLabel })
    .catch(async (error) => {
      if (error instanceof SubscriptionInDoubt) await close(error.toTag);
      throw error;
    });
  const relay: Relay = { subscription: toTag, tag: `relay-${randomUUID()}` };
  try {
    const published = await engines.listening.publishRelay({ mix, tag: relay.tag, sdp });
    await engines.call.subscribeAnswer({ callId, toTag, sdp: published.sdp });
    return relay;
  } catch (error) {
    await close(toTag);
    throw error;
  }
};

/** Stops the copy at its source. What it fed stays in the mix, silent, until the mix goes. */
export const closeRelay = (
  engines: RelayEngines,
  callId: string,
  subscription: string,
  undoFailed: UndoFailed,
): Promise<void> =>
  engines.call.unsubscribe({ callId, toTag: subscription }).catch((error) => {
    // refused where the call has ended: then nothing is copied any more
    if (!(error instanceof NgError && error.reason === 'EngineRefused'))
      undoFailed('unsubscribe of a relay', error);
  });
