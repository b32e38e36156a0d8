import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type OtlpSpan, spansIn } from './otlp-span.ts';

/** Takes spans over OTLP/HTTP, as a collector does. */
export interface OtlpReceiver extends AsyncDisposable {
  /** What makes a process export to it, soon. */
  readonly env: Readonly<Record<string, string>>;
  readonly spans: readonly OtlpSpan[];
  /** All that came, byte for byte. */
  readonly bodies: readonly Buffer[];
  /** The first span that fits, among those here and those to come. */
  span(fits: (span: OtlpSpan) => boolean): Promise<OtlpSpan>;
}

const withinMs = 10_000;

export const startOtlpReceiver = async (
  protocol: 'http/json' | 'http/protobuf' = 'http/json',
): Promise<OtlpReceiver> => {
  const spans: OtlpSpan[] = [];
  const bodies: Buffer[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const sent = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    bodies.push(body);
    if (request.headers['content-type'] === 'application/json')
      spans.push(...spansIn(JSON.parse(body.toString())));
    response.writeHead(200, { 'content-type': request.headers['content-type'] ?? '' }).end();
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    spans,
    bodies,
    span: (fits) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`The span did not come; here are ${spans.map(({ name }) => name).join(', ')}.`));
        }, withinMs);
        const look = () => {
          const found = spans.find(fits);
          if (!found) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
