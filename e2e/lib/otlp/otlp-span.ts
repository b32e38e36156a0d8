/** A span as it came over OTLP, with what tests ask of it. */
export interface OtlpSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 2: an error. */
  readonly status: number;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface WireSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly { readonly name: string; readonly attributes?: readonly KeyValue[] }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number };
}
/** ExportTraceServiceRequest in JSON (opentelemetry-proto, trace service). */
export interface WireTraces {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly WireSpan[] }[];
  }[];
}

const plainValue = ({ value }: KeyValue): unknown => {
  const [kind, bare] = Object.entries(value)[0] ?? [];
  if (kind === 'arrayValue')
    return ((bare as { readonly values?: readonly KeyValue['value'][] }).values ?? []).map((each) =>
      plainValue({ key: '', value: each }),
    );
  return kind === 'intValue' ? Number(bare) : bare;
};

const attributesOf = (list: readonly KeyValue[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(list.map((each) => [each.key, plainValue(each)]));

/** The spans of one export. */
export const spansIn = ({ resourceSpans = [] }: WireTraces): readonly OtlpSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) =>
      spans.map((span) => ({
        service: String(attributesOf(resource?.attributes)['service.name']),
        name: span.name,
        kind: span.kind,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        startNs: BigInt(span.startTimeUnixNano),
        endNs: BigInt(span.endTimeUnixNano),
        attributes: attributesOf(span.attributes),
        events: (span.events ?? []).map(({ name, attributes }) => ({
          name,
          attributes: attributesOf(attributes),
        })),
        links: span.links ?? [],
        status: span.status?.code ?? 0,
      })),
    ),
  );
