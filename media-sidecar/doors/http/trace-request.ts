import { callerContext, errorType } from '@medlyssning/telemetry';
import { type Context, context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tracer } from '../../telemetry/tracer.ts';
import { RequestRefused } from './problem.ts';

/**
 * Carries out a request in a span, by OpenTelemetry's conventions for HTTP servers. To be called once its sender has signed in: their
 * `traceparent` is believed then, and strangers make no spans.
 *
 * @param goesOn the trace that this request goes on with; the caller's own is linked then
 */
export const traceRequest = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Promise<T>,
  goesOn?: Context,
): Promise<T> => {
  const { method, protocol, headers, routeOptions } = request;
  const route = routeOptions.url ?? '';
  const callers = callerContext(headers['traceparent']);
  const linked = goesOn && trace.getSpanContext(callers);
  const span = tracer.startSpan(
    `${method} ${route}`,
    {
      kind: SpanKind.SERVER,
      startTime: Date.now() - reply.elapsedTime,
      links: linked ? [{ context: linked }] : [],
      attributes: {
        'http.request.method': method,
        'http.route': route,
        'url.scheme': protocol,
        'medlyssning.door': 'http',
      },
    },
    goesOn ?? callers,
  );
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      const done = await run();
      span.setAttribute('http.response.status_code', reply.statusCode);
      return done;
    } catch (error) {
      const refused = error instanceof RequestRefused ? error.problem : undefined;
      const status = refused?.status ?? 500;
      span.setAttribute('http.response.status_code', status);
      if (refused) span.setAttribute('medlyssning.reason', refused.reason);
      // a refusal is an answer, no fault (conventions: 4xx of a server is no error)
      if (status >= 500)
        span
          .setAttribute('error.type', refused?.reason ?? errorType(error))
          .setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};
