import { describe, expect, it } from 'vitest';
import { karinsBrowser, listening, nothingLeft, stepsOfListen as steps } from './listening.fixture.ts';

const undoing = ['disconnect listener', 'unsubscribe', 'unsubscribe', 'delete mix'];

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
    expect(stage.audit.reasons()).toEqual(['attempt Allowed', 'start', 'end ListenerHungUp']);
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
      expect(stage.audit.reasons()).toEqual(['attempt Allowed', `end ${reason}`]);
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

  it('a call the engine no longer has: TargetNotInCall', async () => {
    const stage = await listening();
    stage.engines.calls.clear();
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'TargetNotInCall' });
    expect(stage.left()).toEqual(nothingLeft);
  });
});

describe('a device that is called', () => {
  const karinsDesk = { ...karinsBrowser, on: { device: 'karin-desk' } };
  const called = async (ring: () => Promise<string>) => {
    const stage = await listening();
    const outcome = await stage.service.admit(karinsDesk);
    if (outcome.kind !== 'admitted') throw new Error(outcome.reason);
    return { stage, joined: await outcome.join({ kind: 'called', ring }) };
  };

  it('is rung before anything is relayed or played, and hears the call once it answers', async () => {
    const { stage, joined } = await called(async () => 'v=0');
    expect(joined).toMatchObject({ kind: 'joined', sdp: '' });
    const { asked } = stage.engines;
    expect(asked.slice(0, 3)).toEqual(['create', 'create answer', 'query']);
    expect(asked.slice(-2)).toEqual(['play media', 'connect']);
  });

  it('that does not answer leaves nothing, and the one listened to heard no sound', async () => {
    const { stage, joined } = await called(() => Promise.reject(new Error('480')));
    expect(joined).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    expect(stage.engines.asked).toEqual(['create', 'delete listener']);
    expect(stage.left()).toEqual(nothingLeft);
  });
});
