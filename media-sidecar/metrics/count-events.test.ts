import { admissionReasons, endReasons } from '@medlyssning/policy';
import { beforeEach, expect, it } from 'vitest';
import { EventStream, type ListenEvent } from '../events/event-stream.ts';
import { countEvents } from './count-events.ts';
import { createMetrics, type Metrics } from './metrics.ts';

const person = (name: string) => ({ company: 'acme/acme', name });
const of = { id: 'listen-1', callId: 'call-0046846500403@pbx' };
const karinOnAnna = { ...of, listener: person('karin'), listenerName: 'Karin Ek', target: person('anna') };

let metrics: Metrics;
let events: EventStream<ListenEvent>;
beforeEach(() => {
  metrics = createMetrics();
  events = new EventStream((error) => {
    throw error;
  });
});

/** The lines of one metric, as scraped. */
const lines = async (name: string): Promise<readonly string[]> =>
  (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name));

it('counts attempts and ends by their reason', async () => {
  countEvents(events, metrics);
  events.emit({ kind: 'refused', at: 1, id: 'a', reason: 'ProfileForbids' });
  events.emit({ kind: 'refused', at: 1, id: 'b', reason: 'ProfileForbids' });
  events.emit({ kind: 'joined', ...karinOnAnna, at: 1_030, askedAt: 1_000 });
  events.emit({ kind: 'ended', ...karinOnAnna, at: 9_000, reason: 'CallEnded' });
  expect(await lines('medlyssning_attempts_total')).toEqual([
    'medlyssning_attempts_total{reason="ProfileForbids"} 2',
    'medlyssning_attempts_total{reason="Allowed"} 1',
  ]);
  expect(await lines('medlyssning_listens_ended_total')).toEqual([
    'medlyssning_listens_ended_total{reason="CallEnded"} 1',
  ]);
});

it('measures from the attempt to the answer, in seconds', async () => {
  countEvents(events, metrics);
  events.emit({ kind: 'joined', ...karinOnAnna, at: 1_030, askedAt: 1_000 });
  expect(await lines('medlyssning_listen_setup_seconds_bucket{le="0.0')).toEqual([
    'medlyssning_listen_setup_seconds_bucket{le="0.005"} 0',
    'medlyssning_listen_setup_seconds_bucket{le="0.01"} 0',
    'medlyssning_listen_setup_seconds_bucket{le="0.02"} 0',
    'medlyssning_listen_setup_seconds_bucket{le="0.03"} 1',
    'medlyssning_listen_setup_seconds_bucket{le="0.045"} 1',
    'medlyssning_listen_setup_seconds_bucket{le="0.06"} 1',
    'medlyssning_listen_setup_seconds_bucket{le="0.09"} 1',
  ]);
});

it('shows no name, number or call-id, and no more series than there are reasons', async () => {
  countEvents(events, metrics);
  for (const reason of admissionReasons) events.emit({ kind: 'refused', at: 1, id: 'a', reason });
  events.emit({ kind: 'joined', ...karinOnAnna, at: 1, askedAt: 0 });
  for (const reason of endReasons) events.emit({ kind: 'ended', ...karinOnAnna, at: 1, reason });
  const text = await metrics.registry.metrics();
  expect(text).not.toMatch(/karin|anna|acme|Ek|46846500403|listen-1/);
  expect(await lines('medlyssning_attempts_total')).toHaveLength(admissionReasons.length);
});

it('counts no more once unsubscribed', async () => {
  countEvents(events, metrics)();
  events.emit({ kind: 'refused', at: 1, id: 'a', reason: 'ProfileForbids' });
  expect(await lines('medlyssning_attempts_total')).toEqual([]);
});
