import { inSpan } from '@medlyssning/telemetry';
import type { Attributes, Span } from '@opentelemetry/api';
import { tracer } from './tracer.ts';

/** Runs one step of a listen in a span of its own. */
export const stepSpan = <T>(
  name: string,
  run: (span: Span) => Promise<T>,
  attributes: Attributes = {},
): Promise<T> => inSpan(tracer, name, { attributes }, run);
