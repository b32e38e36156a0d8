import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Colleague, EndedListen, Listen } from './views.ts';

/** What the stream of events says. */
export type StreamEvent =
  | { readonly kind: 'refresh' }
  | { readonly kind: 'colleague'; readonly colleague: Colleague }
  | { readonly kind: 'listen'; readonly listen: Listen | EndedListen };

/** More than twice the beat of the sidecar: who says nothing for so long is gone. */
const silentMs = 35_000;

/** Reads server-sent events; ends with the stream. @throws when it breaks, falls silent or says what cannot be read */
export async function* followStream(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const alive = new SilenceWatch(silentMs);
  const events = body
    .pipeThrough(alive.stream, { signal: AbortSignal.any([signal, alive.signal]) })
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream({ onError: 'terminate' }))
    .getReader();
  try {
    for (;;) {
      const { done, value } = await events.read();
      if (done) return;
      const event = toEvent(value.event, value.data);
      if (event) yield event;
    }
  } finally {
    alive.stop();
    await events.cancel().catch(() => {});
  }
}

/** An event of another name is of a later sidecar: not for this page. */
const toEvent = (name: string | undefined, data: string): StreamEvent | undefined => {
  if (name === 'refresh') return { kind: 'refresh' };
  if (name === 'colleague') return { kind: 'colleague', colleague: JSON.parse(data) as Colleague };
  if (name === 'listen') return { kind: 'listen', listen: JSON.parse(data) as Listen | EndedListen };
  return undefined;
};

/** Gives its signal when nothing passed through it for so long. */
class SilenceWatch {
  readonly stream: TransformStream<Uint8Array, Uint8Array>;
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    const wait = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#abort.abort(), ms);
    };
    wait();
    this.stream = new TransformStream({
      transform(chunk, controller) {
        wait();
        controller.enqueue(chunk);
      },
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
