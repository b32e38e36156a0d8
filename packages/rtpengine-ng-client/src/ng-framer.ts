import { BencodeScanner } from './bencode-scanner.ts';
import { NgError } from './ng-error.ts';
import { maxCookieBytes } from './ng-message.ts';

/**
 * Parts a TCP stream into ng messages. rtpengine sends `cookie SP dictionary` one right after the other, with no
 * length and no separator, so the end of a message is the end of its dictionary.
 */
export class NgFramer {
  readonly #maxMessageBytes: number;
  readonly #scanner = new BencodeScanner();
  /** Bytes of the unfinished message, in the pieces they came in. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #inBody = false;

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Is a message begun and not finished? */
  get midMessage(): boolean {
    return this.#heldBytes > 0;
  }

  /**
   * Take the next piece of the stream, give the messages that it completes. After an error the stream has lost its
   * framing and must be dropped.
   *
   * @throws NgError `Malformed`, or `TooLarge` beyond the bound
   */
  push(chunk: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let start = 0;
    while (start < chunk.length) {
      const bodyAt = this.#inBody ? start : this.#skipCookie(chunk, start);
      const end = bodyAt < 0 ? -1 : this.#scanner.scan(chunk, bodyAt);
      const piece = chunk.subarray(start, end < 0 ? chunk.length : end);
      this.#hold(piece);
      if (end < 0) break;
      messages.push(this.#release());
      start = end;
    }
    return messages;
  }

  /** Offset of the body's first byte, -1 while the cookie goes on. */
  #skipCookie(chunk: Buffer, start: number): number {
    const room = maxCookieBytes + 1 - this.#heldBytes;
    const space = chunk.subarray(start, start + room).indexOf(0x20);
    if (space >= 0) {
      this.#inBody = true;
      return start + space + 1;
    }
    if (chunk.length - start >= room)
      throw new NgError('Malformed', 'The stream holds no cookie where one is due.');
    return -1;
  }

  #hold(piece: Buffer): void {
    this.#heldBytes += piece.length;
    if (this.#heldBytes > this.#maxMessageBytes) {
      throw new NgError('TooLarge', `The answer is above ${this.#maxMessageBytes} bytes.`);
    }
    this.#held.push(piece);
  }

  #release(): Buffer {
    const [only] = this.#held;
    const message = this.#held.length === 1 && only ? only : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    this.#inBody = false;
    return message;
  }
}
