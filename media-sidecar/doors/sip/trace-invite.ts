import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { tracer } from '../../telemetry/tracer.ts';

/** The span of one INVITE, from its coming to its final answer. */
export interface InviteSpan {
  /** Runs what is done about it in the trace. */
  run<T>(what: () => T): T;
  /** @param reason why, where it was refused */
  answered(statusCode: number, reason: string): void;
}

/** Begins a trace: SIP has no header for one that is a standard, and what a phone says of a trace counts for nothing. */
export const traceInvite = (): InviteSpan => {
  const span = tracer.startSpan(
    'SIP INVITE',
    {
      kind: SpanKind.SERVER,
      attributes: {
        'network.protocol.name': 'sip',
        'network.transport': 'tcp',
        'medlyssning.door': 'sip',
        'medlyssning.sip.method': 'INVITE',
      },
    },
    ROOT_CONTEXT,
  );
  return {
    run: (what) => context.with(trace.setSpan(context.active(), span), what),
    answered(statusCode, reason) {
      // cancelled, and answered so already
      if (!span.isRecording()) return;
      span.setAttributes({ 'medlyssning.sip.status_code': statusCode, 'medlyssning.reason': reason });
      if (statusCode >= 500)
        span.setAttribute('error.type', reason).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
};
