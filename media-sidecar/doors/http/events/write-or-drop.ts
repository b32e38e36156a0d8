import type { Writable } from 'node:stream';

/** Who has left so much unread is dropped, and goes on where it was when it comes back. */
const maxUnreadBytes = 128 * 1024;

/** Writes to a stream that somebody reads at their own pace; one who is too slow loses the stream, not we our memory. */
export const writeOrDrop = (stream: Writable, text: string | Buffer): void => {
  stream.write(text);
  if (stream.writableLength > maxUnreadBytes) stream.destroy();
};
