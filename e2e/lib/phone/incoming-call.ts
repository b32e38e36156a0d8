import type { SipEndpoint } from '@medlyssning/sip-tcp';
import type { IncomingInviteRequest, IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import { Call } from './call.ts';
import { callEnd } from './call-end.ts';
import type { CallMedia } from './call-media.ts';
import { inDialog } from './in-dialog.ts';
import type { IncomingPolicy } from './phone-options.ts';

/** An INVITE that came in. */
export interface Invited {
  readonly endpoint: SipEndpoint;
  readonly media: CallMedia;
  readonly invite: IncomingInviteRequest;
  /** The CANCEL, when it came before the media stood. */
  readonly cancel: IncomingRequestMessage | undefined;
  readonly policy: IncomingPolicy;
  /** Calls where a REFER sends us. */
  readonly follow: (uri: string) => unknown;
}

/** Takes an INVITE as the policy says: rings, answers or refuses. */
export function receiveCall({ endpoint, media, invite, cancel, policy, follow }: Invited): Call {
  const refuse = (statusCode: number) => {
    if (call.times.ended !== undefined || call.times.answered !== undefined) return;
    invite.reject({ statusCode });
    call.end(callEnd('refused', statusCode));
  };
  const answer = () => {
    if (call.times.ended !== undefined || call.times.answered !== undefined) return;
    const offer = invite.message.body;
    const sdp = offer ? media.answer(offer) : media.offer();
    if (sdp === undefined) return refuse(488);
    const body = { contentDisposition: 'session', contentType: 'application/sdp', content: sdp };
    const { session } = invite.accept({ statusCode: 200, body });
    session.delegate = inDialog(call, media, follow);
    call.awaitAck();
    call.establish(session);
  };
  const call = new Call(endpoint, media, {
    callId: invite.message.callId,
    answer,
    giveUp: () => refuse(486),
  });
  call.message = invite.message;
  const cancelled = (message: IncomingRequestMessage) => {
    invite.reject({ statusCode: 487 });
    call.end(callEnd('cancelled', 487, message));
  };
  invite.delegate = { onCancel: cancelled };
  if (cancel !== undefined) cancelled(cancel);
  else if (policy.kind === 'refuse') refuse(policy.status);
  else {
    invite.progress({ statusCode: 180 });
    call.ring(180);
    if (policy.kind === 'answer') answer();
  }
  return call;
}
