import type { NgHooks } from 'rtpengine-ng-client';
import type { Address } from '../config/address.ts';
import { measureNg } from '../metrics/measure-ng.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { traceNg } from './trace-ng.ts';

/** Traces and measures the commands that go to one engine. */
export const ngHooks = (
  engine: 'call' | 'listening',
  address: Address,
  metrics: Metrics,
): Partial<NgHooks> => {
  const traced = traceNg(engine, address);
  const measured = measureNg(engine, metrics);
  return {
    onRequest(request) {
      traced.onRequest(request);
      measured.onRequest();
    },
    onRetransmit: traced.onRetransmit,
    onAnswer(request, outcome) {
      traced.onAnswer(request, outcome);
      measured.onAnswer(request, outcome);
    },
  };
};
