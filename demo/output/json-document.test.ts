import { expect, it } from 'vitest';
import { jsonDocument } from './json-document.ts';
import { goodResult, reportOf } from './report.fixture.ts';

it('says the same as the screen, for programs', () => {
  expect(jsonDocument(reportOf(goodResult))).toMatchObject({
    ok: true,
    startingMs: 2346,
    showMs: 4000,
    firstAudioMs: { karin: 41, sven: 22 },
    packetsLost: { customer: 0, anna: 0 },
    whoHearsWhom: { karin: ['customer', 'anna'], customer: ['anna'] },
    files: { folder: 'demo-output', recordings: { karin: 'karin.wav' }, audit: 'audit.jsonl' },
  });
});

it('is not ok as soon as one claim did not hold', () => {
  expect(jsonDocument(reportOf({ ...goodResult, sounds: [], audit: [] })).ok).toBe(false);
});
