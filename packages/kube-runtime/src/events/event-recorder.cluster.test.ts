import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { apiFrom, widgets, widgetsFile } from '../fixtures/widget.fixture.ts';
import { events, type Occurrence, referenceTo } from './event.ts';
import { EventRecorder } from './event-recorder.ts';

let cluster: ControlPlane;
let api: KubeApi;

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.applyFiles([widgetsFile]);
  await cluster.kubectl(['create', 'namespace', 'acme']);
  api = apiFrom(cluster.adminKubeconfig);
});
afterAll(async () => {
  await api.close();
  await cluster.stop();
});

const recorder = (onProblem?: (error: unknown) => void) =>
  new EventRecorder({
    api,
    reportingController: 'example.com/maker',
    reportingInstance: 'maker-0',
    ...(onProblem ? { onProblem } : {}),
  });
const occurrenceOn = async (name: string): Promise<Occurrence> => {
  const widget = await api.create(widgets, { metadata: { namespace: 'acme', name } });
  return {
    regarding: referenceTo(widget),
    type: 'Warning',
    reason: 'TooLarge',
    action: 'Make',
    note: 'Does not fit.',
  };
};
const eventsOn = async (name: string) =>
  (await api.list(events, { namespace: 'acme' })).items.filter(({ regarding }) => regarding.name === name);

describe('EventRecorder on a real API server', () => {
  it('tells of an occurrence once, and counts it when it happens again', async () => {
    const occurrence = await occurrenceOn('again');
    const events = recorder();
    events.record(occurrence);
    await expect.poll(() => eventsOn('again')).toHaveLength(1);
    for (let i = 0; i < 9; i++) events.record(occurrence);
    events.record({ ...occurrence, note: 'Does not fit at all.' });
    await events.stop();
    const told = await eventsOn('again');
    expect(told).toHaveLength(2);
    expect(told.find(({ note }) => note === 'Does not fit.')).toMatchObject({
      metadata: { namespace: 'acme' },
      type: 'Warning',
      reason: 'TooLarge',
      action: 'Make',
      reportingController: 'example.com/maker',
      reportingInstance: 'maker-0',
      series: { count: 10 },
    });
    expect(events.counters).toEqual({ recorded: 11, created: 2, repeated: 1, dropped: 0 });
  });

  it('is read by kubectl describe', async () => {
    const recorded = recorder();
    recorded.record(await occurrenceOn('described'));
    await recorded.stop();
    const { output } = await cluster.kubectl(['-n', 'acme', 'describe', 'widget', 'described']);
    expect(output).toMatch(/Warning\s+TooLarge\s.*Does not fit\./);
  });

  it('tells anew when the event has expired', async () => {
    const occurrence = await occurrenceOn('expired');
    const recorded = recorder();
    recorded.record(occurrence);
    await expect.poll(() => eventsOn('expired')).toHaveLength(1);
    await cluster.kubectl(['-n', 'acme', 'delete', 'events.events.k8s.io', '--all']);
    recorded.record(occurrence);
    await recorded.stop();
    expect(await eventsOn('expired')).toMatchObject([{ series: { count: 2 } }]);
  });

  it('takes a note that is too long, and a name that is', async () => {
    const occurrence = await occurrenceOn('w'.repeat(253));
    const recorded = recorder();
    recorded.record({ ...occurrence, note: 'ö'.repeat(2000) });
    await recorded.stop();
    const [event] = await eventsOn('w'.repeat(253));
    expect(event?.note).toMatch(/^ö{500,}…$/);
  });

  it('tells the caller nothing of what the API server refuses', async () => {
    const problems: unknown[] = [];
    const recorded = recorder((error) => problems.push(error));
    const occurrence = await occurrenceOn('refused');
    recorded.record({ ...occurrence, regarding: { ...occurrence.regarding, namespace: 'nowhere' } });
    await recorded.stop();
    expect(problems).toMatchObject([{ status: 404 }]);
    expect(recorded.counters).toMatchObject({ created: 0, dropped: 1 });
  });
});
