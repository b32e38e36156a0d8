import { headerValues, readMessageText } from './message-text.ts';

/** How much of a peer's stream may be held before a message is whole. */
export interface FramingLimits {
  /** Start line and headers with the empty line after them, bytes. */
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxBodyBytes: number;
}

export const defaultFramingLimits: FramingLimits = {
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 128,
  maxBodyBytes: 64 * 1024,
};

/** Why a stream cannot be read on. After any of these the place where the next message starts is unknown. */
export type FramingFault =
  | 'NotSip'
  | 'HeaderTooLarge'
  | 'TooManyHeaders'
  | 'StrayControlCharacter'
  | 'ContentLengthMissing'
  | 'ContentLengthInvalid'
  | 'BodyTooLarge';

/** What the stream held: a whole message, a keep-alive that wants a CRLF back (RFC 5626 §4.4.1), or its end as SIP. */
export type Frame =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ping' }
  | { readonly kind: 'malformed'; readonly reason: FramingFault };

const startLine = /^(?:SIP\/2\.0 [1-6]\d\d(?: .*)?|[A-Za-z0-9.!%*_+`'~-]{1,64} \S+ SIP\/2\.0)$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters looked for
const strayControl = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n/;

const CR = 13;
const LF = 10;
const endOfHeaders = Buffer.from('\r\n\r\n');

/**
 * Cuts the byte stream of one connection into SIP messages by Content-Length (RFC 3261 §18.3). How the bytes are
 * split into chunks makes no difference. Once malformed, always malformed: the connection is to be closed.
 */
export class SipFramer {
  readonly #limits: FramingLimits;
  #held: Buffer = Buffer.alloc(0);
  /** CRLFs seen between messages; the second in a row is a ping. */
  #crlfs = 0;
  #dead = false;

  constructor(limits: FramingLimits = defaultFramingLimits) {
    this.#limits = limits;
  }

  /** True while a message has begun and is not whole: a peer may not stay so for long. */
  get pending(): boolean {
    return this.#held.length > 0;
  }

  /** Takes the next bytes and returns the frames they completed. Never throws. */
  push(chunk: Uint8Array): readonly Frame[] {
    const frames: Frame[] = [];
    if (this.#dead) return frames;
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) {
      frames.push(frame);
      if (frame.kind === 'malformed') {
        this.#dead = true;
        this.#held = Buffer.alloc(0);
        break;
      }
    }
    return frames;
  }

  #next(): Frame | undefined {
    while (this.#held[0] === CR || this.#held[0] === LF) {
      if (this.#held[0] === CR && this.#held.length === 1) return undefined;
      if (this.#held[0] !== CR || this.#held[1] !== LF) return malformed('StrayControlCharacter');
      this.#held = this.#held.subarray(2);
      this.#crlfs += 1;
      if (this.#crlfs === 2) {
        this.#crlfs = 0;
        return { kind: 'ping' };
      }
    }
    if (this.#held.length === 0) return undefined;
    this.#crlfs = 0;
    return this.#message();
  }

  #message(): Frame | undefined {
    const found = this.#held.indexOf(endOfHeaders);
    const headerBytes = found < 0 ? this.#held.length : found + endOfHeaders.length;
    if (headerBytes > this.#limits.maxHeaderBytes) return malformed('HeaderTooLarge');
    if (found < 0) return undefined;
    const length = bodyLength(this.#held.toString('utf8', 0, headerBytes), this.#limits);
    if (typeof length === 'string') return malformed(length);
    if (this.#held.length < headerBytes + length) return undefined;
    const text = this.#held.toString('utf8', 0, headerBytes + length);
    this.#held = this.#held.subarray(headerBytes + length);
    return { kind: 'message', text };
  }
}

function bodyLength(head: string, limits: FramingLimits): number | FramingFault {
  if (strayControl.test(head)) return 'StrayControlCharacter';
  const message = readMessageText(head);
  if (!startLine.test(message.startLine)) return 'NotSip';
  if (message.headers.length > limits.maxHeaders) return 'TooManyHeaders';
  const [first, ...others] = headerValues(message, 'content-length');
  // RFC 3261 §20.14: mandatory over a stream transport.
  if (first === undefined) return 'ContentLengthMissing';
  if (!/^\d{1,9}$/.test(first) || others.some((other) => other !== first)) return 'ContentLengthInvalid';
  return Number(first) > limits.maxBodyBytes ? 'BodyTooLarge' : Number(first);
}

function malformed(reason: FramingFault): Frame {
  return { kind: 'malformed', reason };
}
