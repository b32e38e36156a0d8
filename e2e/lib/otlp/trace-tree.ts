import type { OtlpSpan } from './otlp-span.ts';

/** The spans of one trace as indented lines, in the order they began. */
export const traceTree = (
  spans: readonly OtlpSpan[],
  lineOf: (span: OtlpSpan) => string = ({ name }) => name,
): readonly string[] => {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const below = (parent: string | undefined, depth: number): readonly string[] =>
    spans
      .filter(({ parentSpanId }) => (parent === undefined ? !ids.has(parentSpanId) : parentSpanId === parent))
      .sort((a, b) => Number(a.startNs - b.startNs))
      .flatMap((span) => [`${'  '.repeat(depth)}${lineOf(span)}`, ...below(span.spanId, depth + 1)]);
  return below(undefined, 0);
};
