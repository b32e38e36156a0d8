import { type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api';

/** W3C Trace Context level 1, version 00, as it is written there: lower case, nothing after the flags. */
const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The trace a caller is in, by the `traceparent` header of its request; a new one where it says none or says it wrongly. Only for
 * callers whose token was checked. `tracestate` and `baggage` are free text of others and are not looked at.
 */
export const callerContext = (header: string | readonly string[] | undefined): Context => {
  const [, traceId, spanId, flags] = (typeof header === 'string' && traceparent.exec(header)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
};
