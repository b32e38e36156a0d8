import type { NgHooks } from 'rtpengine-ng-client';
import type { Metrics } from './metrics.ts';

/** Measures the ng commands that go to one engine. */
export const measureNg = (
  engine: 'call' | 'listening',
  metrics: Pick<Metrics, 'ngSeconds' | 'ngFailures' | 'ngInFlight'>,
): { onRequest(): void; onAnswer: NgHooks['onAnswer'] } => ({
  onRequest: () => metrics.ngInFlight.inc({ engine }),
  onAnswer({ command }, { ms, error }) {
    metrics.ngInFlight.dec({ engine });
    metrics.ngSeconds.observe({ engine, command }, ms / 1000);
    if (error && error.reason !== 'EngineRefused') metrics.ngFailures.inc({ engine, reason: error.reason });
  },
});
