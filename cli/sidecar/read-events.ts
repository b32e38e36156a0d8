import { EventSourceParserStream } from 'eventsource-parser/stream';

export interface SidecarEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
}

/** More than twice the beat of the sidecar: who says nothing for so long is gone. */
const silentMs = 35_000;

/** Reads server-sent events; ends with the stream. @throws when it breaks, falls silent, or says what cannot be read */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SidecarEvent> {
  const silent = new AbortController();
  const alive = () => setTimeout(() => silent.abort(new Error('nothing was heard for 35 s')), silentMs);
  let timer = alive();
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = alive();
      controller.enqueue(chunk);
    },
  });
  const events = body
    .pipeThrough(watched, { signal: silent.signal })
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream({ onError: 'terminate' }));
  try {
    for await (const { id, event, data } of events) yield { id, event, data };
  } finally {
    clearTimeout(timer);
  }
}
