import { createSipEndpoint } from '@medlyssning/sip-tcp';
import type { IncomingInviteRequest } from 'sip.js/lib/core/index.js';
import { Inbox } from '../phone/inbox.ts';
import { writeSdp } from '../phone/phone-sdp.ts';
import { RtpEndpoint } from '../rtp/index.ts';

/** Somebody out in the public network who is called, and whose network plays its ringing tones: 183 with SDP. */
export interface OutsidePhone extends AsyncDisposable {
  /** Where the PBX's calls to the outside go. */
  readonly pstnUri: string;
  /** Resolves when a call rings there. */
  rings(): Promise<unknown>;
  /** Takes the call that rings. */
  answer(): void;
}

export async function openOutsidePhone(): Promise<OutsidePhone> {
  const host = '127.0.0.2';
  const rtp = await RtpEndpoint.open({ host });
  const body = {
    contentDisposition: 'session',
    contentType: 'application/sdp',
    content: writeSdp(rtp, 1, ['PCMA', 'PCMU'], 'sendrecv'),
  };
  const invites = new Inbox<IncomingInviteRequest>('call to the outside');
  let ringing: IncomingInviteRequest | undefined;
  const endpoint = await createSipEndpoint({
    listen: [{ host, port: 0 }],
    user: 'outside',
    userAgent: 'medlyssning-e2e',
    isTrusted: () => true,
    delegate: {
      onInvite: (invite) => {
        ringing = invite;
        invite.delegate = { onCancel: () => invite.reject({ statusCode: 487 }) };
        invite.progress({ statusCode: 183, body });
        invites.add(invite);
      },
    },
  });
  return {
    pstnUri: `sip:${host}:${endpoint.contact.port};transport=tcp`,
    rings: () => invites.next(),
    answer: () => void ringing?.accept({ statusCode: 200, body }),
    async [Symbol.asyncDispose]() {
      await endpoint.close();
      await rtp.close();
    },
  };
}
