import type { EndReason } from '@medlyssning/policy';
import { inSpan } from '@medlyssning/telemetry';
import { trace } from '@opentelemetry/api';
import { tracer } from './tracer.ts';

/**
 * To be called while a listen is set up: how to trace its end. That is a trace of its own, linked to the attempt's: a listen lasts
 * an hour and its first tenth of a second is to be seen.
 */
export const endSpan = (id: string): ((reason: EndReason, run: () => Promise<void>) => Promise<void>) => {
  const asked = trace.getActiveSpan()?.spanContext();
  const links = asked ? [{ context: asked }] : [];
  return (reason, run) => {
    const attributes = { 'medlyssning.attempt.id': id, 'medlyssning.reason': reason };
    return inSpan(tracer, 'end', { root: true, links, attributes }, run);
  };
};
