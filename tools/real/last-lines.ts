import type { Readable } from 'node:stream';

/** Splits a process's output into lines and keeps the last of them, for the error message when it fails. */
export class LastLines {
  readonly #keep: number;
  #lines: string[] = [];

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#keep) this.#lines = this.#lines.slice(-this.#keep);
  }

  /** Takes every line of a stream; an unfinished last line counts when the stream ends. */
  follow(stream: Readable, onLine: (line: string) => void): void {
    let rest = '';
    const take = (line: string) => {
      this.add(line);
      onLine(line);
    };
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
    stream.on('end', () => {
      if (rest !== '') take(rest);
    });
  }

  text(): string {
    return this.#lines.join('\n');
  }
}
