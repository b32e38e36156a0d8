import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { TracingLog } from './start-tracing.ts';

/** The exporter, with word in the log when spans stop getting through and when they do again: not once a batch. */
export const toldExporter = (exporter: SpanExporter, log: TracingLog): SpanExporter => {
  let failing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        if (failed && !failing)
          log.warn({ why: result.error?.message }, 'spans are not taken by the collector; they are dropped');
        if (!failed && failing) log.info({}, 'the collector takes spans again');
        failing = failed;
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
};
