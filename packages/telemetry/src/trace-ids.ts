import { isSpanContextValid, trace } from '@opentelemetry/api';

/** The ids of the span that is active, for each line of a log (a mixin of pino's); nothing where none is. */
export const traceIds = (): { readonly trace_id?: string; readonly span_id?: string } => {
  const context = trace.getActiveSpan()?.spanContext();
  return context && isSpanContextValid(context) ? { trace_id: context.traceId, span_id: context.spanId } : {};
};
