import { expect, it } from 'vitest';
import type { ShowEvent } from '../show/show-event.ts';
import { coloured, plain } from './paint.ts';
import { timelineLines } from './timeline.ts';

const refused: ShowEvent = {
  kind: 'refused',
  atMs: 4210,
  who: 'eva',
  status: 403,
  reason: 'ListenerRightMissing',
  sentence: 'Du saknar rättigheten att lyssna.',
};

it('tells when, who, the reason code, the sentence for people and its meaning', () => {
  expect(timelineLines(refused, plain)).toEqual([
    '  4.21 s ✗ Eva Lind       ListenerRightMissing (SIP 403)',
    '                          “Du saknar rättigheten att lyssna.”',
    '                          You lack the right to listen.',
  ]);
});

it('tells a sentence that is in English already once', () => {
  const lines = timelineLines({ ...refused, sentence: 'You lack the right to listen.' }, plain);
  expect(lines).toHaveLength(2);
});

it('shows a reason it does not know as it is', () => {
  expect(timelineLines({ ...refused, reason: 'Haunted', sentence: '' }, plain)[0]).toContain('Haunted');
});

it.each<ShowEvent>([
  refused,
  { kind: 'calls', atMs: 0, who: 'customer', whom: 'anna' },
  {
    kind: 'dials',
    atMs: 12_000,
    who: 'karin',
    dialled: '*28*+46846500403',
    device: 'her mobile, listening already',
  },
  {
    kind: 'told',
    atMs: 999_990,
    who: 'anna',
    sentence: 'Karin Ek, Sven Lund, Greta Wik och Bo Dahl lyssnar.',
  },
])('fits into 80 columns: $kind', (event) => {
  for (const line of timelineLines(event, plain)) expect(line.length).toBeLessThanOrEqual(80);
});

it('has colours for a terminal', () => {
  expect(timelineLines(refused, coloured)[0]).toContain('\u001b[31mListenerRightMissing');
});
