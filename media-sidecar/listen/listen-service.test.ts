import type { EndReason } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { listening, nothingLeft } from './listening.fixture.ts';

type Stage = Awaited<ReturnType<typeof listening>>;

/** What one listener asks of the engines, from the attempt to the audio. */
const steps = [
  'query',
  'subscribe request',
  'subscribe request',
  'publish relay',
  'publish relay',
  'subscribe answer',
  'subscribe answer',
  'publish listener',
  'play media',
  'connect',
];
const undoing = ['disconnect listener', 'unsubscribe', 'unsubscribe', 'delete mix'];

const reasonsRecorded = (stage: Stage) =>
  stage.audit.records.map((r) => (r.record === 'start' ? 'start' : `${r.record} ${r.reason}`));

describe('a listen', () => {
  it('is set up step by step, and taken down in the reverse order', async () => {
    const stage = await listening();
    const outcome = await stage.ask('karin-desk');
    if (outcome.kind !== 'joined') throw new Error(outcome.reason);
    expect(stage.engines.asked).toEqual(steps);
    expect(stage.engines.hearing).toEqual(new Set([outcome.listen.id]));
    outcome.listen.end('ListenerHungUp');
    await stage.service.drain();
    expect(stage.engines.asked.slice(steps.length)).toEqual(undoing);
    expect(stage.left()).toEqual(nothingLeft);
    expect(reasonsRecorded(stage)).toEqual(['attempt Allowed', 'start', 'end ListenerHungUp']);
  });

  it('takes the listener’s line in the turn it is decided in: of two at once, one is refused (R11)', async () => {
    const stage = await listening();
    const outcomes = await Promise.all([stage.ask('karin-desk'), stage.ask('karin-desk')]);
    expect(outcomes.map((o) => (o.kind === 'joined' ? 'joined' : o.reason))).toEqual([
      'joined',
      'ListenerLineBusy',
    ]);
  });

  it('ends for all who share its relays, where one listener cannot be disconnected: that one might hear on', async () => {
    const stage = await listening();
    const [karin, sven] = [await stage.ask('karin-desk'), await stage.ask('sven-desk')];
    if (karin.kind !== 'joined' || sven.kind !== 'joined') throw new Error('not joined');
    stage.engines.fail('disconnect listener');
    karin.listen.end('Revoked');
    expect(await sven.listen.ended).toBe('MediaFailed');
    await stage.service.drain();
    expect(stage.undoFailed).toEqual(['disconnecting a listener']);
    expect(stage.engines.asked.filter((command) => command === 'unsubscribe')).toHaveLength(2);
    expect(stage.left()).toMatchObject({ listens: 0, listenersOnCall: 0, karinsListens: 0 });
  });
});

describe('a step that fails', () => {
  it.each([
    ['query', 'MediaFailed'],
    ['subscribe request', 'MediaFailed'],
    ['publish relay', 'MediaFailed'],
    ['subscribe answer', 'MediaFailed'],
    ['publish listener', 'MediaFailed'],
    ['play media', 'ToneFailed'],
    ['connect', 'MediaFailed'],
  ])(
    '%s: refused with %s, all before it undone, and the next attempt is admitted',
    async (command, reason) => {
      const stage = await listening();
      stage.engines.fail(command);
      expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason });
      expect(stage.left()).toEqual(nothingLeft);
      expect(reasonsRecorded(stage)).toEqual(['attempt Allowed', `end ${reason}`]);
      expect(stage.audit.records.at(-1)).toMatchObject({ startedAt: null });
      if (command !== 'connect') expect(stage.engines.asked).not.toContain('connect');
      const { asked } = stage.engines;
      const own = asked.findIndex((c) => c === 'delete listener' || c === 'abandon listener');
      if (asked.includes('publish listener')) expect(own).toBeLessThan(asked.indexOf('unsubscribe'));
      expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'joined' });
    },
  );

  it('connect, carried out without an answer: silenced at both engines at once, and the record says it may have heard', async () => {
    const stage = await listening();
    stage.engines.loseAnswer('connect');
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    const takenDown = ['unsubscribe', 'unsubscribe', 'abandon listener', 'delete mix'];
    expect(stage.engines.asked.slice(steps.length).toSorted()).toEqual(takenDown.toSorted());
    expect(stage.engines.asked.at(-1)).toBe('delete mix');
    expect(stage.left()).toEqual(nothingLeft);
    expect(stage.audit.records.at(-1)).toMatchObject({
      reason: 'MediaFailed',
      startedAt: expect.any(String),
    });
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'joined' });
  });

  it('connect, carried out without an answer, of a second listener: the first hears on', async () => {
    const stage = await listening();
    const karin = await stage.ask('karin-desk');
    stage.engines.loseAnswer('connect');
    expect(await stage.ask('sven-desk')).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    if (karin.kind !== 'joined') throw new Error('not joined');
    expect([...stage.engines.hearing]).toEqual([karin.listen.id]);
    expect(stage.service.listens.map(({ id }) => id)).toEqual([karin.listen.id]);
  });

  it('the record of the attempt: no audio, and the next attempt is admitted', async () => {
    const stage = await listening();
    stage.audit.fail('attempt');
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'AuditUnavailable' });
    expect(stage.engines.asked).toEqual(['query']);
    expect(stage.left()).toEqual(nothingLeft);
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'joined' });
  });

  it('the record of the start: the audio stops', async () => {
    const stage = await listening();
    stage.audit.fail('start');
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'AuditUnavailable' });
    expect(stage.left()).toEqual(nothingLeft);
    expect(stage.audit.records.at(-1)).toMatchObject({
      reason: 'AuditUnavailable',
      startedAt: expect.any(String),
    });
  });

  it('the look at which calls there are: refused, since nobody knows whose line is free (R11)', async () => {
    const stage = await listening();
    stage.loseSight();
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    expect(stage.engines.asked).toEqual([]);
    expect(reasonsRecorded(stage)).toEqual(['attempt MediaFailed']);
  });

  it('a call the engine no longer has: TargetNotInCall', async () => {
    const stage = await listening();
    stage.engines.calls.clear();
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'TargetNotInCall' });
    expect(stage.left()).toEqual(nothingLeft);
  });
});

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
      expect(reasonsRecorded(stage)).toEqual(['attempt Allowed', `end ${ending}`]);
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
    expect(reasonsRecorded(stage).at(-1)).toBe('end Revoked');
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
    expect(reasonsRecorded(stage).at(-1)).toBe('attempt Draining');
  });
});
