import type {
  Body,
  IncomingResponseMessage,
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate,
  OutgoingRequestMessage,
  UserAgentCore,
} from 'sip.js/lib/core/index.js';
import { quotable } from './safe-header.ts';
import { sipUri } from './sip-uri.ts';

/** A request outside a dialog. URIs as text. */
export interface OutgoingOptions {
  readonly to: string;
  /** Default: `to`. */
  readonly requestUri?: string;
  /** Default: our address of record. */
  readonly from?: string;
  readonly fromDisplayName?: string;
  readonly callId?: string;
  /** Lines made with `header()`; Contact is added to an INVITE by itself. */
  readonly extraHeaders?: readonly string[];
  readonly body?: { readonly contentType: string; readonly content: string };
}

/** Sends a request other than INVITE; resolves with its final response. @throws SipUriError (as rejection) */
export async function sendRequest(
  core: UserAgentCore,
  method: string,
  options: OutgoingOptions,
): Promise<IncomingResponseMessage> {
  const message = outgoingMessage(core, method, options);
  return new Promise((resolve) => {
    const settle = ({ message: response }: { readonly message: IncomingResponseMessage }) =>
      resolve(response);
    core.request(message, { onAccept: settle, onRedirect: settle, onReject: settle });
  });
}

/** Sends an INVITE with our Contact. @throws SipUriError */
export function sendInvite(
  core: UserAgentCore,
  options: OutgoingOptions,
  delegate: OutgoingInviteRequestDelegate,
): OutgoingInviteRequest {
  const contact = `Contact: ${core.configuration.contact.toString()}`;
  const extraHeaders = [contact, ...(options.extraHeaders ?? [])];
  return core.invite(outgoingMessage(core, 'INVITE', { ...options, extraHeaders }), delegate);
}

function outgoingMessage(
  core: UserAgentCore,
  method: string,
  options: OutgoingOptions,
): OutgoingRequestMessage {
  const { from, fromDisplayName, callId } = options;
  return core.makeOutgoingRequestMessage(
    method,
    sipUri(options.requestUri ?? options.to),
    from === undefined ? core.configuration.aor : sipUri(from),
    sipUri(options.to),
    {
      ...(fromDisplayName === undefined ? {} : { fromDisplayName: quotable(fromDisplayName) }),
      ...(callId === undefined ? {} : { callId }),
    },
    [...(options.extraHeaders ?? [])],
    sessionBody(options.body),
  );
}

/** SIP.js's form of a body: SDP is the session's, all else is shown (RFC 3261 §20.11). */
export function sessionBody(
  body: { readonly contentType: string; readonly content: string } | undefined,
): Body | undefined {
  return (
    body && { ...body, contentDisposition: body.contentType === 'application/sdp' ? 'session' : 'render' }
  );
}
