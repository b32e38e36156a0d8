import { sine } from '@medlyssning/e2e/lib/audio/index.ts';
import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { type AudibleId, audible } from '../cast/cast.ts';
import type { ShowEvent, Untimed } from '../show/show-event.ts';
import type { ShowResult } from '../show/show-result.ts';
import { checkShow } from '../verify/check-show.ts';
import { expected } from '../verify/expected.ts';
import type { Report } from './report.ts';

const attempt = (who: string, reason: string): AuditRecord => ({
  record: 'attempt',
  id: `${who} ${reason}`,
  at: '2026-01-01T12:00:00.000Z',
  node: 'media-1',
  company: 'acme/acme',
  retentionDays: 365,
  listener: { user: who, number: '+46…401' },
  target: { user: 'anna', number: '+46…403' },
  device: null,
  callId: null,
  reason: reason as 'Allowed',
  rules: [],
  policyRevisions: [],
});

const events: readonly Untimed[] = [
  { kind: 'calls', who: 'customer', whom: 'anna' },
  { kind: 'hears', who: 'karin', whom: 'anna', firstAudioMs: 41 },
  { kind: 'hears', who: 'sven', whom: 'anna', firstAudioMs: 22 },
  ...expected.refusals.map((refusal) => ({ ...refusal, kind: 'refused' as const, sentence: 'Nej.' })),
  ...expected.told.map((sentence) => ({ kind: 'told' as const, who: 'anna' as const, sentence })),
  { kind: 'cutOff', who: 'karin', reason: 'CallEnded' },
];

const likeness = { anna: { likeness: 0.9, at: 1500 }, customer: { likeness: 0.1, at: 0 } };

/** A show in which all was as it must be. */
export const goodResult: ShowResult = {
  events: events.map((event, n): ShowEvent => ({ ...event, atMs: n * 250 })),
  startedAt: 1000,
  endedAt: 5000,
  recordings: new Map(audible.map((who) => [who, { startedAt: 1000, samples: sine(600, 4000) }])),
  matrix: audible.map((ear) => ({
    ear,
    cells: audible.map((speaker) => {
      const heard = (expected.hears[ear] as readonly AudibleId[]).includes(speaker);
      return { speaker, heard, db: heard ? -28 : -80 };
    }),
  })),
  parties: [
    { who: 'customer', received: 280, lost: 0, sounds: 0, sources: 1 },
    { who: 'anna', received: 285, lost: 0, sounds: 2, sources: 1 },
  ],
  sounds: [
    { listener: 'karin', ...likeness },
    { listener: 'sven', ...likeness },
  ],
  audit: [
    ...expected.attempts.map((line) => {
      const [who = '', reason = ''] = line.split(' ');
      return attempt(who, reason);
    }),
    ...expected.ends.map(
      (reason): AuditRecord => ({
        record: 'end',
        id: reason,
        at: '',
        company: 'acme/acme',
        retentionDays: 365,
        reason,
        startedAt: null,
      }),
    ),
  ],
};

/** What is reported of a show. */
export const reportOf = (result: ShowResult): Report => ({
  result,
  checks: checkShow(result),
  written: {
    folder: 'demo-output',
    recordings: new Map(audible.map((who) => [who, `${who}.wav`])),
    audit: 'audit.jsonl',
  },
  startingMs: 2345.6,
  voices: 'speech',
  keep: false,
});
