import { trace } from '@opentelemetry/api';

/** Makes the sidecar's spans; they cost next to nothing where no SDK is loaded (docs/tracing.md). */
export const tracer = trace.getTracer('medlyssning-sidecar');
