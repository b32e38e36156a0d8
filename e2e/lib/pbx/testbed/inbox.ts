import { parseSipText, type SipText } from './sip-text.ts';

/** Messages that came, each to be taken once. */
export class Inbox {
  readonly all: SipText[] = [];
  readonly #untaken: SipText[] = [];
  readonly #waiting = new Set<() => void>();

  put(text: string): void {
    const message = parseSipText(text);
    this.all.push(message);
    this.#untaken.push(message);
    for (const wake of this.#waiting) wake();
  }

  /** Puts the whole messages of a stream; returns what is left. */
  putStream(bytes: Buffer): Buffer {
    const head = bytes.indexOf('\r\n\r\n');
    if (head === -1) return bytes;
    const length = Number(/^content-length\s*:\s*(\d+)/im.exec(bytes.toString('utf8', 0, head))?.[1] ?? 0);
    const end = head + 4 + length;
    if (bytes.length < end) return bytes;
    this.put(bytes.toString('utf8', 0, end));
    return this.putStream(bytes.subarray(end));
  }

  take(fits: (message: SipText) => boolean, withinMs = 3000): Promise<SipText> {
    const { promise, resolve, reject } = Promise.withResolvers<SipText>();
    const look = () => {
      const at = this.#untaken.findIndex(fits);
      const [found] = at === -1 ? [] : this.#untaken.splice(at, 1);
      if (found === undefined) return;
      this.#waiting.delete(look);
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => {
      this.#waiting.delete(look);
      const seen = this.all.slice(-8).map(({ startLine }) => startLine);
      reject(
        new Error(
          `The awaited SIP message did not come within ${withinMs} ms; the last were: ${seen.join(', ')}.`,
        ),
      );
    }, withinMs);
    this.#waiting.add(look);
    look();
    return promise;
  }
}
