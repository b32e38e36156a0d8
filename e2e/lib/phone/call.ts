import { endSession, type SipEndpoint } from '@medlyssning/sip-tcp';
import type { IncomingMessage, Session } from 'sip.js/lib/core/index.js';
import type { Recording } from '../audio/recording.ts';
import type { RtpEndpoint } from '../rtp/rtp-endpoint.ts';
import { type CallEnd, CallNotAnsweredError, callEnd } from './call-end.ts';
import type { CallMedia } from './call-media.ts';

/** How the INVITE that made a call is steered while it is unanswered; outgoing and incoming differ. */
export interface PendingInvite {
  /** The other side's address, the Call-ID and so on, from the INVITE. */
  readonly callId: string;
  /** Gives the call up before its answer: CANCEL, or a refusal. */
  readonly giveUp: () => void;
  /** Answers an incoming call; a no-op for an outgoing one. */
  readonly answer: () => void;
}

/** One call of a phone, made or received. Every state can be awaited; none has to be. */
export class Call {
  readonly callId: string;
  /** Resolves with the status at the first 180 or 183 (or as an incoming call rings); never, when none comes. */
  readonly ringing: Promise<number>;
  /** Resolves when answered. @throws CallNotAnsweredError (as rejection) when the call ended before. */
  readonly answered: Promise<void>;
  /** Resolves with how the call ended. */
  readonly ended: Promise<CallEnd>;
  /** The INVITE that came in, or the last answer to ours: headers for tests to read. */
  message: IncomingMessage | undefined;
  /** When each state was reached, on the clock of `performance.now()`. */
  readonly times: { readonly invited: number; ringing?: number; answered?: number; ended?: number };
  readonly #endpoint: SipEndpoint;
  readonly #media: CallMedia;
  readonly #invite: PendingInvite;
  readonly #ringing = Promise.withResolvers<number>();
  readonly #answered = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<CallEnd>();
  #session: Session | undefined;
  #acked = Promise.withResolvers<void>();

  constructor(endpoint: SipEndpoint, media: CallMedia, invite: PendingInvite) {
    this.#endpoint = endpoint;
    this.#media = media;
    this.#invite = invite;
    this.callId = invite.callId;
    this.times = { invited: performance.now() };
    this.ringing = this.#ringing.promise;
    this.answered = this.#answered.promise;
    this.ended = this.#ended.promise;
    this.#acked.resolve();
    // Whoever does not ask whether it was answered need not handle that it was not.
    this.answered.catch(() => {});
  }

  get rtp(): RtpEndpoint {
    return this.#media.rtp;
  }

  /** What was heard so far. */
  get recording(): Recording {
    return this.#media.recording;
  }

  /** The last SDP the other side sent. */
  get remoteSdp(): string | undefined {
    return this.#media.remoteSdp;
  }

  /** Answers an incoming call that rings. */
  answer(): void {
    this.#invite.answer();
  }

  /** Gives up an unanswered call: CANCEL when made, 486 when received. */
  cancel(): void {
    this.#invite.giveUp();
  }

  /** Ends an answered call by BYE. Resolves with its end; at once when it is over already. */
  async hangUp(extraHeaders: readonly string[] = []): Promise<CallEnd> {
    const session = this.#session;
    if (session === undefined) this.cancel();
    else if (this.times.ended === undefined) {
      this.end(callEnd('byUs', 200));
      await endSession(session, extraHeaders);
    }
    return this.ended;
  }

  /** Holds: re-INVITE with `sendonly`. Resolves with its status. */
  hold(): Promise<number> {
    return this.#reInvite('sendonly');
  }

  /** Takes back from hold: re-INVITE with `sendrecv`. */
  resume(): Promise<number> {
    return this.#reInvite('sendrecv');
  }

  /** Moves to other ports: re-INVITE with a new address. Resolves with its status; `rtp` is the new ports' from now on. */
  async move(): Promise<number> {
    await this.#media.move();
    return this.#reInvite('sendrecv');
  }

  /** Blind transfer (RFC 3515): asks the other side to call `uri`. Resolves with the REFER's status, 202 when it will. */
  transfer(uri: string): Promise<number> {
    const session = this.#confirmed();
    return new Promise((resolve) => {
      const settle = ({ message }: { readonly message: { readonly statusCode: number | undefined } }) =>
        resolve(message.statusCode ?? 0);
      const contact = `Contact: ${this.#endpoint.core.configuration.contact.toString()}`;
      session.refer(
        { onAccept: settle, onRedirect: settle, onReject: settle },
        { extraHeaders: [`Refer-To: <${uri}>`, contact] },
      );
    });
  }

  /** The dialog came into being; for the phone that made the call. */
  establish(session: Session): void {
    this.#session = session;
    this.times.answered = performance.now();
    this.#answered.resolve();
  }

  /** It rings; for the phone that made the call. */
  ring(status: number): void {
    this.times.ringing ??= performance.now();
    this.#ringing.resolve(status);
  }

  /** We answered an INVITE, of the call or within it: until its ACK, none of ours may be sent (RFC 3261 §14.1). */
  awaitAck(): void {
    this.#acked = Promise.withResolvers();
  }

  /** No INVITE of theirs waits for its ACK. */
  acked(): void {
    this.#acked.resolve();
  }

  /** It is over; the first end counts. For the phone that made the call. */
  end(end: CallEnd): void {
    if (this.times.ended !== undefined) return;
    this.times.ended = end.at;
    this.#answered.reject(new CallNotAnsweredError(end));
    this.#ended.resolve(end);
    void this.rtp.close();
  }

  async #reInvite(direction: 'sendonly' | 'sendrecv'): Promise<number> {
    const session = this.#confirmed();
    await this.#acked.promise;
    const content = this.#media.offer(direction);
    const response = await this.#endpoint.reInvite(session, {
      body: { contentType: 'application/sdp', content },
    });
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) this.#media.accept(response.body);
    return status;
  }

  #confirmed(): Session {
    if (this.#session === undefined)
      throw new Error('The call is not answered, so nothing can be asked within it.');
    return this.#session;
  }
}
