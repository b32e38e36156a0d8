import { describe, expect, it } from 'vitest';
import { goodResult } from '../output/report.fixture.ts';
import type { ShowResult } from '../show/show-result.ts';
import { checkShow } from './check-show.ts';

const failing = (result: ShowResult) =>
  checkShow(result)
    .filter(({ held }) => !held)
    .map(({ claim, found }) => `${claim}: ${found}`);

const [customer, anna] = goodResult.parties;
const [first] = goodResult.sounds;

describe('the claims of the demo', () => {
  it('hold for a show as it must be', () => {
    expect(failing(goodResult)).toEqual([]);
  });

  it.each<readonly [string, Partial<ShowResult>, RegExp]>([
    [
      'the customer hears Karin',
      {
        matrix: goodResult.matrix.map((row) =>
          row.ear === 'customer'
            ? {
                ...row,
                cells: row.cells.map((cell) => ({ ...cell, heard: cell.heard || cell.speaker === 'karin' })),
              }
            : row,
        ),
      },
      /The customer hears Anna Berg and nobody else: \["anna","karin"\]/,
    ],
    [
      'a packet is lost',
      { parties: customer ? [{ ...customer, lost: 1 }] : [] },
      /customer lost no packet.*: 1 of/,
    ],
    [
      'Anna hears half a sound',
      { parties: anna ? [{ ...anna, sounds: 1.5 }] : [] },
      /Anna Berg received nothing/,
    ],
    [
      'the customer hears the sound',
      { sounds: first ? [{ ...first, customer: first.anna }] : [] },
      /The customer does not hear the sound for Karin Ek/,
    ],
    [
      'a refusal has another reason',
      {
        events: goodResult.events.map((event) =>
          event.kind === 'refused' && event.who === 'maja' ? { ...event, reason: 'ProfileForbids' } : event,
        ),
      },
      /Maja Frost is refused: TargetUnknown, 404 \(R10\): .*ProfileForbids/,
    ],
    [
      'Anna is not told',
      { events: goodResult.events.filter(({ kind }) => kind !== 'told') },
      /Anna Berg sees who listens.*: \[\]/,
    ],
    ['a record is missing', { audit: goodResult.audit.slice(1) }, /Every attempt is in the audit records/],
  ])('fail when %s', (_, change, claim) => {
    expect(failing({ ...goodResult, ...change })).toEqual([expect.stringMatching(claim)]);
  });
});
