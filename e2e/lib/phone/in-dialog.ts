import type { IncomingReferRequest, SessionDelegate } from 'sip.js/lib/core/index.js';
import type { Call } from './call.ts';
import { callEnd } from './call-end.ts';
import type { CallMedia } from './call-media.ts';

/** What a phone does with requests inside a call: ends it at BYE, answers re-INVITEs, follows a REFER. */
export function inDialog(call: Call, media: CallMedia, follow: (uri: string) => unknown): SessionDelegate {
  return {
    onBye: (request) => {
      request.accept();
      call.end(callEnd('byThem', 200, request.message));
    },
    onInvite: (request) => {
      const offer = request.message.body;
      const sdp = offer ? media.answer(offer) : media.offer();
      if (sdp === undefined) request.reject({ statusCode: 488 });
      else {
        call.awaitAck();
        request.accept({
          statusCode: 200,
          body: { contentDisposition: 'session', contentType: 'application/sdp', content: sdp },
        });
      }
    },
    onAck: ({ message }) => {
      if (message.body) media.accept(message.body);
      call.acked();
    },
    onRefer: (request: IncomingReferRequest) => {
      const target = /<([^<>]+)>/.exec(request.message.getHeader('refer-to') ?? '')?.[1];
      if (target === undefined) request.reject({ statusCode: 603 });
      else {
        request.accept({ statusCode: 202 });
        follow(target);
      }
    },
  };
}
