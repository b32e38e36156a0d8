import type { SipEndpoint } from '@medlyssning/sip-tcp';
import type { IncomingResponseMessage, OutgoingInviteRequest } from 'sip.js/lib/core/index.js';
import { Call } from './call.ts';
import { callEnd } from './call-end.ts';
import type { CallMedia } from './call-media.ts';
import { inDialog } from './in-dialog.ts';
import type { CallOptions } from './phone-options.ts';

/** Sends the INVITE and lets the call follow its answers. `follow` calls where a REFER sends us. @throws SipUriError when `to` or `from` is none. */
export function placeCall(
  endpoint: SipEndpoint,
  media: CallMedia,
  to: string,
  { headers = [], from, sdp = media.offer() }: CallOptions,
  follow: (uri: string) => unknown,
): Call {
  const state: { call?: Call; invite?: OutgoingInviteRequest; cancelled: boolean } = { cancelled: false };
  const refused = ({ message }: { readonly message: IncomingResponseMessage }) => {
    const made = message.callId === undefined;
    if (state.call) state.call.message = message;
    const how = state.cancelled ? 'cancelled' : made ? 'transportFailed' : 'refused';
    state.call?.end(callEnd(how, message.statusCode, made ? undefined : message));
  };
  const invite = endpoint.invite(
    {
      to,
      extraHeaders: headers,
      ...(from === undefined ? {} : { from }),
      ...(sdp === '' ? {} : { body: { contentType: 'application/sdp', content: sdp } }),
    },
    {
      onProgress: ({ message }) => {
        if (message.body) media.accept(message.body);
        state.call?.ring(message.statusCode ?? 0);
      },
      onAccept: (response) => {
        const { message, session } = response;
        const answer = sdp === '' ? media.answer(message.body) : undefined;
        if (sdp !== '') media.accept(message.body);
        response.ack(answer === undefined ? {} : { body: sessionAnswer(answer) });
        if (state.call === undefined) return;
        state.call.message = message;
        session.delegate = inDialog(state.call, media, follow);
        state.call.establish(session);
      },
      onRedirect: refused,
      onReject: refused,
    },
  );
  state.call = new Call(endpoint, media, {
    callId: invite.message.callId,
    answer: () => {},
    giveUp: () => {
      state.cancelled = true;
      invite.cancel();
    },
  });
  return state.call;
}

function sessionAnswer(content: string) {
  return { contentDisposition: 'session', contentType: 'application/sdp', content };
}
