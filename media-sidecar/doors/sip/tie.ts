import { endSession, header } from '@medlyssning/sip-tcp';
import type { Logger } from 'pino';
import type { IncomingInviteRequest, Session, URI } from 'sip.js/lib/core/index.js';
import type { ListenHandle } from '../../listen/ask.ts';
import { allow, notAllowed } from './allow.ts';
import { nextDescription } from './next-description.ts';
import { offerOf } from './offer-of.ts';
import { phoneGone } from './phone-gone.ts';
import { notAcceptable } from './refusal.ts';

/** SDP as SIP.js wants it. */
export const sdpBody = (content: string) => ({
  contentDisposition: 'session',
  contentType: 'application/sdp',
  content,
});

export interface TieParts {
  /** Where requests of the dialog reach us; SIP.js leaves it out of the 2xx to a re-INVITE (RFC 3261 §12.2.2). */
  readonly contact: URI;
  readonly log: Logger;
}

/**
 * Ties a dialog to its listen: whichever ends first ends the other. A phone may hang up, or its connection break, while
 * an answer is being made; what can then no longer be said is left unsaid.
 *
 * @param described our side of the stream as it was last described, answer or offer: a re-INVITE without an offer is given it
 */
export const tie = (session: Session, listen: ListenHandle, described: string, parts: TieParts): void => {
  const { contact, log } = parts;
  let answer = described;
  const unsaid = (what: string) => (error: unknown) => log.warn({ err: error, id: listen.id }, what);

  const answerAgain = async (reinvite: IncomingInviteRequest): Promise<void> => {
    const offer = offerOf(reinvite.message);
    if (offer === undefined && reinvite.message.body) return void reinvite.reject(notAcceptable());
    try {
      if (offer !== undefined) answer = nextDescription(answer, await listen.reoffer(offer));
    } catch (error) {
      // the media that is up goes on as it was (RFC 3261 §14.1)
      unsaid('the new offer was not taken')(error);
      return void reinvite.reject(notAcceptable());
    }
    const extraHeaders = [header('Contact', `<${contact}>`), allow];
    reinvite.accept({ statusCode: 200, extraHeaders, body: sdpBody(answer) });
  };

  session.delegate = {
    onBye: (bye) => {
      bye.accept();
      listen.end('ListenerHungUp');
    },
    onAckTimeout: () => listen.end('ListenerHungUp'),
    onInvite: (reinvite) => void answerAgain(reinvite).catch(unsaid('a re-INVITE could not be answered')),
    onMessage: notAllowed,
    onNotify: notAllowed,
    onRefer: notAllowed,
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
