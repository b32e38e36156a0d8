import type { Session } from 'sip.js/lib/core/index.js';

/**
 * Says BYE as soon as it is allowed: a UAS must not before the ACK to its 2xx has come (RFC 3261 §15). Resolves with
 * the BYE's status, or with 0 when the dialog was over already; never, if the endpoint is closed meanwhile.
 */
export function endSession(session: Session, extraHeaders: readonly string[] = []): Promise<number> {
  return new Promise((resolve) => {
    const bye = () => {
      if (session.signalingState === 'Closed') return resolve(0);
      const settle = ({ message }: { readonly message: { readonly statusCode: number | undefined } }) =>
        resolve(message.statusCode ?? 0);
      session.bye(
        { onAccept: settle, onRedirect: settle, onReject: settle },
        { extraHeaders: [...extraHeaders] },
      );
    };
    if (session.sessionState !== 'AckWait') return bye();
    const before = session.delegate;
    session.delegate = {
      ...before,
      onAck: (request) => {
        const result = before?.onAck?.(request);
        bye();
        return result;
      },
      onBye: (request) => {
        before?.onBye ? before.onBye(request) : request.accept();
        resolve(0);
      },
      onAckTimeout: () => {
        before?.onAckTimeout?.();
        bye();
      },
    };
  });
}
