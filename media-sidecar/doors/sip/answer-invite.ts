import { originOf } from '@medlyssning/sip-tcp';
import type { IncomingInviteRequest, ResponseOptions } from 'sip.js/lib/core/index.js';
import type { ListenService } from '../../listen/listen-service.ts';
import { claimOf } from './claim-of.ts';
import { dialledIn } from './dialled.ts';
import { offerOf } from './offer-of.ts';
import { notAcceptable, refusal } from './refusal.ts';
import { sdpBody, type TieParts, tie } from './tie.ts';
import { type InviteSpan, traceInvite } from './trace-invite.ts';

export interface AnswerParts extends TieParts {
  readonly service: Pick<ListenService, 'ask'>;
  readonly deviceHeader: string;
}

/** Takes one INVITE from the PBX through to a dialog or a refusal. */
export const answerInvite = (request: IncomingInviteRequest, parts: AnswerParts): void => {
  const span = traceInvite();
  span.run(() => answerIn(span, request, parts));
};

const answerIn = (span: InviteSpan, request: IncomingInviteRequest, parts: AnswerParts): void => {
  const { service, deviceHeader, log } = parts;
  const { message } = request;
  const sdp = offerOf(message);
  const cancelled = new AbortController();
  const reject = (answer: ResponseOptions, reason: string): void => {
    request.reject(answer);
    span.answered(answer.statusCode, reason);
  };
  request.delegate = {
    onCancel: () => {
      cancelled.abort();
      reject({ statusCode: 487, reasonPhrase: 'Request Terminated' }, 'ListenerHungUp');
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
        const { reason, language } = outcome;
        reject(unanswerable ? notAcceptable() : refusal(reason, language), reason);
        return;
      }
      try {
        const { session } = request.accept({ statusCode: 200, body: sdpBody(outcome.sdp) });
        span.answered(200, 'Allowed');
        tie(session, outcome.listen, outcome.sdp, parts);
      } catch (error) {
        // cancelled in this very moment, or the connection is gone: nobody is there to listen
        log.warn({ err: error, id: outcome.listen.id }, 'the answer could not be given');
        outcome.listen.end('ListenerHungUp');
        span.answered(487, 'ListenerHungUp');
      }
    })
    .catch((error) => {
      // a fault of ours is a refusal too, and not left to the PBX's timer
      log.error({ err: error }, 'an INVITE could not be answered');
      if (!cancelled.signal.aborted) reject(refusal('MediaFailed', 'en'), 'MediaFailed');
    })
    .catch((error) => log.error({ err: error }, 'an INVITE was answered before'));
};
