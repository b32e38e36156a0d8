import { endSession, header, originOf } from '@medlyssning/sip-tcp';
import type { Logger } from 'pino';
import type { IncomingInviteRequest, Session } from 'sip.js/lib/core/index.js';
import type { ListenHandle } from '../../listen/ask.ts';
import type { ListenService } from '../../listen/listen-service.ts';
import { claimOf } from './claim-of.ts';
import { dialledIn } from './dialled.ts';
import { offerOf } from './offer-of.ts';
import { phoneGone } from './phone-gone.ts';
import { notAcceptable, refusal } from './refusal.ts';

export interface AnswerParts {
  readonly service: Pick<ListenService, 'ask'>;
  readonly deviceHeader: string;
  readonly log: Logger;
}

const sdpBody = (content: string) => ({
  contentDisposition: 'session',
  contentType: 'application/sdp',
  content,
});

/**
 * Ties a dialog to its listen: whichever ends first ends the other. A phone may hang up, or its connection break, while
 * an answer is being made; what can then no longer be said is left unsaid.
 */
const tie = (session: Session, listen: ListenHandle, firstAnswer: string, log: Logger): void => {
  let answer = firstAnswer;
  const unsaid = (what: string) => (error: unknown) => log.warn({ err: error, id: listen.id }, what);

  const answerAgain = async (reinvite: IncomingInviteRequest): Promise<void> => {
    const offer = offerOf(reinvite.message);
    if (reinvite.message.body && offer === undefined) return void reinvite.reject(notAcceptable());
    try {
      if (offer !== undefined) answer = await listen.reoffer(offer);
    } catch (error) {
      // the media that is up goes on as it was (RFC 3261 §14.1)
      unsaid('the new offer was not taken')(error);
      return void reinvite.reject(notAcceptable());
    }
    reinvite.accept({ statusCode: 200, body: sdpBody(answer) });
  };

  session.delegate = {
    onBye: (bye) => {
      bye.accept();
      listen.end('ListenerHungUp');
    },
    onAckTimeout: () => listen.end('ListenerHungUp'),
    onInvite: (reinvite) => void answerAgain(reinvite).catch(unsaid('a re-INVITE could not be answered')),
  };
  const over = new AbortController();
  void listen.ended.then(() => over.abort());
  void phoneGone(session, over.signal)
    .then(() => listen.end('ListenerHungUp'))
    .catch(unsaid('the phone could not be asked whether it is there'));
  void listen.ended
    .then((reason) => endSession(session, [header('Reason', `SIP;cause=200;text="${reason}"`)]))
    .catch(unsaid('the listener could not be sent a BYE'));
};

/** Takes one INVITE from the PBX through to a dialog or a refusal. */
export const answerInvite = (request: IncomingInviteRequest, parts: AnswerParts): void => {
  const { service, deviceHeader, log } = parts;
  const { message } = request;
  const sdp = offerOf(message);
  const cancelled = new AbortController();
  request.delegate = {
    onCancel: () => {
      cancelled.abort();
      request.reject({ statusCode: 487, reasonPhrase: 'Request Terminated' });
    },
  };
  request.trying();
  void service
    .ask({
      question: {
        claim: claimOf(message, deviceHeader),
        dialled: dialledIn(originOf(message).requestUri),
      },
      media: sdp === undefined ? undefined : { kind: 'phone', sdp },
      signal: cancelled.signal,
    })
    .then((outcome) => {
      if (outcome.kind === 'refused') {
        if (cancelled.signal.aborted) return;
        const unanswerable = sdp === undefined && outcome.reason === 'MediaFailed';
        request.reject(unanswerable ? notAcceptable() : refusal(outcome.reason, outcome.language));
        return;
      }
      try {
        const { session } = request.accept({ statusCode: 200, body: sdpBody(outcome.sdp) });
        tie(session, outcome.listen, outcome.sdp, log);
      } catch (error) {
        // cancelled in this very moment, or the connection is gone: nobody is there to listen
        log.warn({ err: error, id: outcome.listen.id }, 'the answer could not be given');
        outcome.listen.end('ListenerHungUp');
      }
    })
    .catch((error) => {
      // a fault of ours is a refusal too, and not left to the PBX's timer
      log.error({ err: error }, 'an INVITE could not be answered');
      if (!cancelled.signal.aborted) request.reject(refusal('MediaFailed', 'en'));
    })
    .catch((error) => log.error({ err: error }, 'an INVITE was answered before'));
};
