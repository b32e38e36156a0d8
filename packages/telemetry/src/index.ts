export { callerContext } from './caller-context.ts';
export { errorType } from './error-type.ts';
export { inSpan } from './in-span.ts';
export { startTracing, type Tracing } from './start-tracing.ts';
export { traceIds } from './trace-ids.ts';
