import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NgHooks, NgRequestInfo } from 'rtpengine-ng-client';
import type { Address } from '../config/address.ts';
import { tracer } from './tracer.ts';

/**
 * A span for each ng command of an attempt that is traced: command, engine and how it ended, never its call-id, tags or SDP. Pings
 * and rounds of the sidecar's own have none.
 */
export const traceNg = (
  engine: 'call' | 'listening',
  { host, port }: Address,
): Pick<NgHooks, 'onRequest' | 'onRetransmit' | 'onAnswer'> => {
  const spans = new WeakMap<NgRequestInfo, Span>();
  return {
    onRequest(request) {
      if (!trace.getActiveSpan()?.isRecording()) return;
      const span = tracer.startSpan(`ng ${request.command}`, {
        kind: SpanKind.CLIENT,
        attributes: {
          'rpc.system.name': 'rtpengine-ng',
          'rpc.method': request.command,
          'medlyssning.engine': engine,
          'server.address': host,
          'server.port': port,
        },
      });
      spans.set(request, span);
    },
    onRetransmit: (request, attempt) =>
      void spans.get(request)?.addEvent('retransmit', { 'medlyssning.ng.attempt': attempt }),
    onAnswer(request, { error }) {
      const span = spans.get(request);
      // a refusal is an answer, and a question may be asked for it (observe/barriers.ts)
      if (error?.reason === 'EngineRefused') span?.setAttribute('medlyssning.ng.refused', true);
      else if (error)
        span?.setAttribute('error.type', error.reason).setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    },
  };
};
