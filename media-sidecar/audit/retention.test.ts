import { pino } from 'pino';
import { expect, it } from 'vitest';
import { attempt, end, noon, scratch, start } from './audit.fixture.ts';
import { dueErasures, eraseDue } from './retention.ts';
import { sqliteReader, sqliteWriter } from './sqlite/sqlite-store.ts';

const days = (n: number) => n * 24 * 60 * 60 * 1_000;
const now = Date.parse(noon);

it.each([
  ['past what the company says', 400, 365, 365, 365],
  ['shortened since', 40, 365, 30, 30],
  ['lengthened since', 400, 365, 1_000, undefined],
  ['of a company that is gone', 31, 30, undefined, 30],
  ['not yet', 29, 30, 30, undefined],
])('%s', (_, age, written, policy, erasedAfter) => {
  const kept = [{ company: 'acme/acme', retentionDays: written, oldest: now - days(age) }];
  const due =
    erasedAfter === undefined
      ? []
      : [{ company: 'acme/acme', retentionDays: written, before: now - days(erasedAfter) }];
  expect(dueErasures(kept, () => policy, now)).toEqual(due);
});

it('asks no policy for those whose company was not known', () => {
  const kept = [{ company: null, retentionDays: 90, oldest: now - days(91) }];
  expect(dueErasures(kept, () => expect.fail(), now)).toHaveLength(1);
});

it('erases one company’s old records from a real store, many of them, and the chain still proves the rest', async () => {
  using place = scratch();
  const writer = sqliteWriter(place.file, 'media-1', expect.fail);
  const reader = sqliteReader(place.file);
  const at = new Date(now - days(31)).toISOString();
  const old = Array.from({ length: 400 }, (_, n) => [
    attempt(`${n}`, { at }),
    start(`${n}`, { at }),
    end(`${n}`, { at }),
  ]);
  await writer.append(old.flat());
  const other = { company: 'beta/beta' };
  await writer.append([
    attempt('beta', { at, ...other }),
    attempt('nobody', { at, company: null }),
    attempt('new'),
  ]);
  const log = pino({ level: 'silent' });
  const daysOf = (company: string) => (company === 'acme/acme' ? 30 : undefined);
  await eraseDue({ reader, writer, daysOf, now: () => now, log });
  expect(await reader.verify()).toMatchObject({ flawCount: 0, chains: [{ rows: 1_204, erased: 1_200 }] });
  const left: string[] = [];
  for await (const { content, kind, id } of reader.rows())
    if (content !== null && kind === 'attempt') left.push(id);
  expect(left).toEqual(['beta', 'nobody', 'new']);
  await eraseDue({ reader, writer, daysOf, now: () => now, log });
  expect((await reader.verify()).chains).toMatchObject([{ rows: 1_204 }]);
  await Promise.all([reader.close(), writer.close()]);
});
