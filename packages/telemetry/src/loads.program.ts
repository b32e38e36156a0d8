import { registerHooks } from 'node:module';

/** Says which packages of OpenTelemetry a process loads that starts tracing with its environment; `loads.test.ts` runs it. */
const loaded = new Set<string>();
registerHooks({
  load(url, context, next) {
    const name = /node_modules\/(@opentelemetry\/[^/]+)\//.exec(url)?.[1];
    if (name !== undefined) loaded.add(name);
    return next(url, context);
  },
});
const { startTracing, inSpan, traceIds } = await import('./index.ts');
const { trace } = await import('@opentelemetry/api');
const tracing = await startTracing({ name: 'test', version: '0', instance: 'test' }, process.env, {
  warn: () => {},
  info: () => {},
});
const ids = await inSpan(trace.getTracer('test'), 'step', {}, async () => traceIds());
await tracing.stop();
console.log(JSON.stringify({ loaded: [...loaded].sort(), ids }));
// what could not be sent is tried again for a while, and nobody waits for that
process.exit(0);
