import { subscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';

/**
 * undici 8.13.1 has HTTP/2 streams without a listener for errors when a connection breaks (seen when an API server is
 * killed): an error that nobody listens to ends the process. Who waits for the request hears of it all the same.
 */
export const holdStreamErrors = (): void => {
  if (isHeld) return;
  isHeld = true;
  subscribe('http2.client.stream.created', (message) => {
    if (typeof message !== 'object' || message === null || !('stream' in message)) return;
    if (message.stream instanceof EventEmitter) message.stream.on('error', ignore);
  });
};

let isHeld = false;
const ignore = () => {};
