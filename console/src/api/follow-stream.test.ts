import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followStream, type StreamEvent } from './follow-stream.ts';

const streamOf = (pieces: readonly Uint8Array<ArrayBuffer>[]) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const read = async (pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<readonly StreamEvent[]> => {
  const events: StreamEvent[] = [];
  for await (const event of followStream(streamOf(pieces), new AbortController().signal)) events.push(event);
  return events;
};

const sent =
  'retry: 2000\n\nevent: refresh\ndata: {}\n\n:\n\nevent: later\ndata: {}\n\nid: 1f\nevent: colleague\ndata: {"user":"åsa"}\n\nevent: listen\ndata: {"id":"1","state":"ended"}\n\n';

describe('the stream of events', () => {
  it('is read alike however it is cut', async () => {
    const whole = bytes(sent);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 12 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((to, n) => whole.slice(at[n], to));
        expect(await read(pieces)).toEqual([
          { kind: 'refresh' },
          { kind: 'colleague', colleague: { user: 'åsa' } },
          { kind: 'listen', listen: { id: '1', state: 'ended' } },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('ends with an error at what cannot be read, so that all is fetched anew', async () => {
    await expect(read([bytes('event: colleague\ndata: {"us\n\n')])).rejects.toThrow();
  });

  it('ends by the signal', async () => {
    const abort = new AbortController();
    const silent = new ReadableStream<Uint8Array<ArrayBuffer>>();
    const next = followStream(silent, abort.signal).next();
    abort.abort();
    await expect(next).rejects.toThrow();
  });
});
