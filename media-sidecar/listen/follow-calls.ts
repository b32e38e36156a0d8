import type { Logger } from 'pino';
import type { CallChange, Party } from '../book/call.ts';
import type { CallBook } from '../book/call-book.ts';
import type { ListenService } from './listen-service.ts';
import type { ListenerStream } from './listener-stream.ts';
import type { RelayPool } from './relay-pool.ts';

export interface FollowParts {
  readonly book: CallBook;
  readonly service: ListenService;
  readonly relays: RelayPool;
  readonly stream: Pick<ListenerStream, 'connect'>;
  readonly log: Logger;
}

/**
 * Lets listens follow their call (rules.md, 4 and 7): consent follows the person, so the target's leaving ends the
 * listen, while the other side may change; the call's end hangs the listeners up. Returns the unsubscribe.
 */
export const followCalls = (parts: FollowParts): (() => void) => {
  const { book, service, relays, stream, log } = parts;

  const joined = async (callId: string, party: Party): Promise<void> => {
    // the one listened to may have left in the same moment: then nobody may hear who came
    const isFollowed = service.listens.some((listen) => listen.callId === callId && !listen.signal.aborted);
    if (party.tag === undefined || !isFollowed) return;
    const mix = await relays.addParty(callId, party.tag);
    if (!mix) return;
    for (const listen of service.listens) {
      if (listen.mix === mix && listen.state === 'joined') await stream.connect(listen, mix);
    }
  };

  const left = async (callId: string, party: Party): Promise<void> => {
    if (party.tag !== undefined) await relays.dropParty(callId, party.tag);
  };

  const follow = (change: CallChange): void => {
    const { callId } = change.call;
    const onThisCall = (listen: { readonly callId: string }) => listen.callId === callId;
    const failed = (error: unknown) => {
      log.error({ err: error, callId }, 'the listens could not follow the call');
      service.endWhere(onThisCall, 'MediaFailed');
    };
    switch (change.kind) {
      case 'ended':
        service.endWhere(onThisCall, 'CallEnded');
        break;
      case 'partyLeft':
        service.endWhere(
          (listen) => onThisCall(listen) && listen.targetTag === change.party.tag,
          'TargetLeft',
        );
        left(callId, change.party).catch(failed);
        break;
      case 'partyJoined':
        // with internalCalls `Both` a colleague who joins is asked too (R4)
        service.revalidate();
        joined(callId, change.party).catch(failed);
        break;
      default:
        break;
    }
  };
  return book.subscribe(follow);
};
