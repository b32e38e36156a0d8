import type { EndReason } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { listening, nothingLeft, stepsOfListen as steps } from './listening.fixture.ts';

describe('ended before it was up', () => {
  const ways: readonly (readonly [string, EndReason, string])[] = [
    ['the listener hangs up', 'ListenerHungUp', 'MediaFailed'],
    ['the call ends', 'CallEnded', 'TargetNotInCall'],
    ['the target leaves', 'TargetLeft', 'TargetNotInCall'],
    ['it is revoked', 'Revoked', 'MediaFailed'],
    ['the node drains', 'Draining', 'Draining'],
  ];
  const moments = steps.map((step, n) => [n, step] as const);

  describe.each(ways)('because %s', (_, ending, reason) => {
    it.each(moments)('while step %i (%s) is under way: nothing is left', async (n) => {
      const stage = await listening();
      const given = new AbortController();
      const end = (): void => {
        if (ending === 'ListenerHungUp') given.abort();
        else if (ending === 'Draining') void stage.service.drain();
        else stage.service.endWhere(() => true, ending);
      };
      stage.engines.before(() => {
        if (stage.engines.asked.length === n + 1) end();
      });
      expect(await stage.ask('karin-desk', { signal: given.signal })).toMatchObject({ reason });
      expect(stage.left()).toEqual(nothingLeft);
      expect(stage.audit.reasons()).toEqual(['attempt Allowed', `end ${ending}`]);
      if (n < steps.indexOf('connect')) expect(stage.engines.asked).not.toContain('connect');
    });
  });

  it.each(['attempt', 'start'] as const)('while the %s is recorded: nothing is left', async (record) => {
    const stage = await listening();
    stage.audit.before((written) => {
      if (written.record === record) stage.service.endWhere(() => true, 'Revoked');
    });
    const outcome = await stage.ask('karin-desk');
    if (outcome.kind === 'joined') await outcome.listen.ended;
    await stage.service.drain();
    expect(stage.left()).toEqual(nothingLeft);
    expect(stage.audit.reasons().at(-1)).toBe('end Revoked');
  });

  it('by one who gave up before asking: no command is sent but the look at the call', async () => {
    const stage = await listening();
    expect(await stage.ask('karin-desk', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'refused' });
    expect(stage.engines.asked).toEqual(['query']);
    expect(stage.left()).toEqual(nothingLeft);
  });
});

describe('draining', () => {
  it('ends the listens that are up, waits until they are down, and refuses the next', async () => {
    const stage = await listening();
    const karin = await stage.ask('karin-desk');
    if (karin.kind !== 'joined') throw new Error(karin.reason);
    await stage.service.drain();
    expect(await karin.listen.ended).toBe('Draining');
    expect(stage.left()).toEqual(nothingLeft);
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'Draining' });
    expect(stage.audit.reasons().at(-1)).toBe('attempt Draining');
  });
});
