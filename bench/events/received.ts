/** What an event told of one colleague. */
export interface Row {
  /** The number in their name. */
  readonly agent: number;
  readonly inCall: boolean;
}

const rows = /"user":"agent-(\d+)"[^\n]*?"inCall":(true|false)/g;

/**
 * What one subscriber has read of its stream, over all its connections. Reads as cheaply as will do for counting: an event lies whole
 * within one chunk of HTTP, so what frames the chunks stands between events and need not be taken off.
 */
export class Received {
  readonly #inCall = new Map<number, boolean>();
  #text = '';
  /** The last that was told whole. */
  lastEventId: string | undefined;

  /** A connection begins: what is left of the one before is half an event. */
  begin(): void {
    this.#text = '';
  }

  /** @returns the rows that say something else than the last of the same colleague did; before the first nobody is in a call */
  take(text: string): readonly Row[] {
    this.#text += text;
    const end = this.#text.lastIndexOf('\n\n');
    if (end === -1) return [];
    const whole = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    const ids = whole.match(/^id: [0-9a-f]+$/gm);
    this.lastEventId = ids?.at(-1)?.slice(4) ?? this.lastEventId;
    const told: Row[] = [];
    for (const [, number, said] of whole.matchAll(rows)) {
      const agent = Number(number);
      const inCall = said === 'true';
      if ((this.#inCall.get(agent) ?? false) === inCall) continue;
      this.#inCall.set(agent, inCall);
      told.push({ agent, inCall });
    }
    return told;
  }
}
