import { createHmac } from 'node:crypto';

/** What is signed, in the terms of Standard Webhooks 1.0. */
export interface Message {
  readonly id: string;
  /** Seconds since the epoch, of this try. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers of Standard Webhooks 1.0: a signature by each key, any of which will do for the receiver. */
export const signatureHeaders = ({ id, timestamp, body }: Message, keys: readonly Buffer[]) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': keys
    .map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`)
    .join(' '),
});
