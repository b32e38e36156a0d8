import { endSession, type SipEndpoint } from '@medlyssning/sip-tcp';
import type { Logger } from 'pino';
import type { Session } from 'sip.js/lib/core/index.js';
import type { CallDevice } from '../../listen/device-call.ts';
import { tie } from './tie.ts';

export interface CallDeviceParts {
  readonly endpoint: Pick<SipEndpoint, 'contact' | 'invite'>;
  /** A header line by which desk phones of this PBX answer by themselves; `undefined`: they ring. */
  readonly autoAnswer: string | undefined;
  readonly log: Logger;
}

/** So long a device may ring, ms. */
const answerWithinMs = 30_000;
const maxSdpBytes = 16_384;

/** Calls a device of a listener's through the PBX, which knows it by its address. */
export const createCallDevice =
  ({ endpoint, autoAnswer, log }: CallDeviceParts): CallDevice =>
  ({ device, shown }) => {
    let session: Session | undefined;
    let offered = '';
    const hangUp = (one: Session): void => {
      endSession(one).catch((error) => log.warn({ err: error }, 'a device could not be sent a BYE'));
    };
    return {
      ring(offer, signal, hungUp) {
        offered = offer;
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        const over = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
        let isProceeding = false;
        // before anything came back there is nothing that a CANCEL could be matched with (RFC 3261 §9.1)
        const proceeding = () => {
          isProceeding = true;
          if (over.aborted) request.cancel();
        };
        const failed = (status: number | undefined) => reject(new Error(`the device answered ${status}`));
        const request = endpoint.invite(
          {
            to: `sip:${device.address}`,
            fromDisplayName: shown,
            extraHeaders: device.kind === 'Desk' && autoAnswer !== undefined ? [autoAnswer] : [],
            body: { contentType: 'application/sdp', content: offer },
          },
          {
            onTrying: proceeding,
            onProgress: proceeding,
            onAccept({ message, ack, session: answered }) {
              ack();
              const isLate = over.aborted || session !== undefined;
              const isSdp = message.body !== '' && Buffer.byteLength(message.body) <= maxSdpBytes;
              if (isLate || !isSdp) {
                hangUp(answered);
                return reject(new Error('the device answered too late, or without a stream'));
              }
              session = answered;
              answered.delegate = {
                onBye(bye) {
                  bye.accept();
                  hungUp();
                },
              };
              resolve(message.body);
            },
            onRedirect: ({ message }) => failed(message.statusCode),
            onReject: ({ message }) => failed(message.statusCode),
          },
        );
        over.addEventListener('abort', () => {
          reject(new Error('the device did not answer in time, or was no longer wanted'));
          if (isProceeding && session === undefined) request.cancel();
        });
        return promise;
      },
      tie(listen) {
        if (session) tie(session, listen, offered, { contact: endpoint.contact, log });
      },
      drop() {
        if (session) hangUp(session);
      },
    };
  };
