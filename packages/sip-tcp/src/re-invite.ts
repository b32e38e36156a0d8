import type { IncomingResponseMessage, Session, UserAgentCore } from 'sip.js/lib/core/index.js';
import { sessionBody } from './outgoing.ts';

/** What a re-INVITE carries; a body makes a new offer. */
export interface ReInviteOptions {
  readonly body?: { readonly contentType: string; readonly content: string };
  readonly extraHeaders?: readonly string[];
}

/**
 * Sends a re-INVITE (RFC 3261 §14), ACKs its 2xx, resolves with the final response.
 * @throws (as rejection) SIP.js's error when another re-INVITE is under way or the dialog is not confirmed.
 */
export async function sendReInvite(
  core: UserAgentCore,
  session: Session,
  options: ReInviteOptions,
): Promise<IncomingResponseMessage> {
  const body = sessionBody(options.body);
  // SIP.js leaves the Contact, which RFC 3261 §12.2.1.1 asks for, to the caller.
  const contact = `Contact: ${core.configuration.contact.toString()}`;
  return new Promise((resolve) => {
    const settle = ({ message }: { readonly message: IncomingResponseMessage }) => resolve(message);
    session.invite(
      {
        onAccept: (response) => {
          response.ack();
          settle(response);
        },
        onRedirect: settle,
        onReject: settle,
      },
      { extraHeaders: [contact, ...(options.extraHeaders ?? [])], ...(body === undefined ? {} : { body }) },
    );
  });
}
