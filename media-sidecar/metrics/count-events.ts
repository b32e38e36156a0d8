import type { EventStream, ListenEvent, Unsubscribe } from '../events/event-stream.ts';
import type { Metrics } from './metrics.ts';
import { traceExemplar } from './trace-exemplar.ts';

/** Counts attempts and ends by reason. */
export const countEvents = (events: EventStream<ListenEvent>, metrics: Metrics): Unsubscribe =>
  events.subscribe((event) => {
    switch (event.kind) {
      case 'refused':
        metrics.attempts.inc({ reason: event.reason });
        break;
      case 'joined':
        metrics.attempts.inc({ reason: 'Allowed' });
        metrics.setup.observe({
          labels: {},
          value: (event.at - event.askedAt) / 1000,
          ...traceExemplar(),
        });
        break;
      case 'ended':
        metrics.ends.inc({ reason: event.reason });
        break;
    }
  });
