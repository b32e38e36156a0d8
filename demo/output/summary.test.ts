import { expect, it } from 'vitest';
import { coloured, plain } from './paint.ts';
import { goodResult, reportOf } from './report.fixture.ts';
import { summaryLines } from './summary.ts';

const lines = summaryLines(reportOf(goodResult), plain);

it('tells first audio, losses, refusals, what was told, the files and how to go on', () => {
  const text = lines
    .slice(lines.indexOf('Summary'))
    .join('\n')
    .replaceAll(/\n {18}/g, ' ');
  expect(text).toContain('First audio     Karin Ek 41 ms, Sven Lund 22 ms');
  expect(text).toContain('The parties     0 packets lost');
  expect(text).toMatch(/Refused +ListenerRightMissing, .*ProfileForbids/);
  expect(text).toContain('“Ingen lyssnar längre på ditt samtal.”');
  expect(text).toContain('demo-output/audit.jsonl');
  expect(text).toMatch(/Checked +(\d+) of \1 claims held/);
  expect(text).toContain('npm test');
});

it('fits into 80 columns', () => {
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
});

it('says what was not as expected, and what was found', () => {
  const bad = reportOf({ ...goodResult, audit: [] });
  const text = summaryLines(bad, plain).join('\n');
  expect(text).toContain('✗ Every listen has its end in the audit records.\n    found: []');
  expect(summaryLines(bad, coloured).join('')).toContain('\u001b[31m');
});
