import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace } from '@opentelemetry/api';
import { inSpan, startTracing } from './index.ts';

/**
 * Makes very many spans while the collector takes connections and never answers, and says what that cost; `hung-collector.test.ts` runs
 * it with `--expose-gc`.
 */
const spans = 200_000;
const server = createServer(() => {});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_BSP_SCHEDULE_DELAY: '50' };
const quiet = { warn: () => {}, info: () => {} };
const tracing = await startTracing({ name: 'test', version: '0', instance: 'test' }, env, quiet);
const tracer = trace.getTracer('test');
const heapMb = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const attributes = { 'medlyssning.reason': 'Allowed', 'medlyssning.attempt.id': 'x'.repeat(36) };
const some = async (count: number) => {
  for (let n = 0; n < count; n += 1) await inSpan(tracer, 'step', { attributes }, async () => {});
};
await some(20_000);
const before = heapMb();
const begun = performance.now();
let longestPauseMs = 0;
for (let n = 0; n < spans; n += 1_000) {
  const turn = performance.now();
  await some(1_000);
  await new Promise((resolve) => setImmediate(resolve));
  longestPauseMs = Math.max(longestPauseMs, performance.now() - turn);
}
const tookMs = performance.now() - begun;
const grewMb = heapMb() - before;
const stopping = performance.now();
await tracing.stop();
console.log(
  JSON.stringify({
    grewMb,
    usPerSpan: (tookMs * 1_000) / spans,
    longestPauseMs,
    stopMs: performance.now() - stopping,
  }),
);
process.exit(0);
