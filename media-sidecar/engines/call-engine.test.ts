import { connect, type NgArguments, type NgClient, NgError } from 'rtpengine-ng-client';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type CallEngine, createCallEngine, SubscriptionInDoubt } from './call-engine.ts';
import { recordingClient, type Sent } from './recording-client.fixture.ts';

const harmless = [
  'list',
  'ping',
  'playSound',
  'query',
  'statistics',
  'stopSound',
  'subscribeAnswer',
  'subscribeRequest',
  'unsubscribe',
] as const;

describe('the call engine', () => {
  it('has no command that could harm a call: as a type', () => {
    expectTypeOf<keyof CallEngine>().toEqualTypeOf<(typeof harmless)[number]>();
    expectTypeOf<CallEngine>().not.toExtend<Pick<NgClient, 'delete'>>();
    expectTypeOf<CallEngine>().not.toExtend<Pick<NgClient, 'request'>>();
  });

  it('has no command that could harm a call: as an object', () => {
    const engine = createCallEngine(connect({ url: 'udp:127.0.0.1:9' }));
    expect(Reflect.ownKeys(engine).toSorted()).toEqual(harmless);
    expect(Object.getPrototypeOf(engine)).toBe(Object.prototype);
    expect(Object.isFrozen(engine)).toBe(true);
    for (const method of Object.values(engine)) {
      expect(typeof method).toBe('function');
      expect(Reflect.ownKeys(method).toSorted()).toEqual(['length', 'name']);
    }
  });

  it.each(['subscribeAnswer', 'unsubscribe'] as const)(
    'sends no %s for a tag that may be a party’s',
    async (method) => {
      const sent: Sent[] = [];
      const engine = createCallEngine(recordingClient(sent));
      await expect(engine[method]({ callId: 'c1', toTag: 'a', sdp: '' })).rejects.toThrow(NgError);
      expect(sent).toEqual([]);
    },
  );

  it('copies a party under a tag and a label of our own', async () => {
    const sent: Sent[] = [];
    const client = recordingClient(sent, (args) => ({
      sdp: 'offer',
      'to-tag': args['to-tag'],
      'from-tags': ['a'],
    }));
    const engine = createCallEngine(client);
    const { toTag, sdp } = await engine.subscribeRequest({
      callId: 'c1',
      fromTag: 'a',
      label: 'medlyssning',
    });
    await engine.subscribeAnswer({ callId: 'c1', toTag, sdp });
    await engine.unsubscribe({ callId: 'c1', toTag });
    expect(toTag).toMatch(/^medlyssning-[0-9a-f-]{36}$/);
    expect(sent).toEqual([
      ['subscribeRequest', { 'call-id': 'c1', 'from-tag': 'a', 'to-tag': toTag, 'set-label': 'medlyssning' }],
      [
        'subscribeAnswer',
        {
          'call-id': 'c1',
          'to-tag': toTag,
          sdp,
          flags: ['trust-address', 'allow transcoding', 'endpoint-learning-off'],
        },
      ],
      ['unsubscribe', { 'call-id': 'c1', 'to-tag': toTag }],
    ]);
  });

  it('says under which tag a copy may be running, where the engine did not answer', async () => {
    const sent: Sent[] = [];
    const lost = new NgError('Timeout', 'The engine did not answer.');
    const engine = createCallEngine(
      recordingClient(sent, () => {
        throw lost;
      }),
    );
    const asked = engine.subscribeRequest({ callId: 'c1', fromTag: 'a', label: 'medlyssning' });
    const doubt = await asked.catch((error) => error);
    expect(doubt).toBeInstanceOf(SubscriptionInDoubt);
    expect(sent[0]?.[1]).toMatchObject({ 'to-tag': doubt.toTag });
  });

  describe('uses a tag', () => {
    const of = { callId: 'c1', fromTag: 'a', label: 'medlyssning' };
    const open = (engine: CallEngine, more: Partial<typeof of> = {}) =>
      engine.subscribeRequest({ ...of, ...more }).then(({ toTag }) => toTag);
    const answer = (args: NgArguments) => ({ sdp: 'offer', 'to-tag': args['to-tag'] });

    it('again for the same party of the same call, once its copy is gone', async () => {
      const engine = createCallEngine(recordingClient([], answer));
      const toTag = await open(engine);
      const second = await open(engine);
      expect(second).not.toBe(toTag);
      await engine.unsubscribe({ callId: 'c1', toTag });
      expect(await open(engine, { fromTag: 'b' })).not.toBe(toTag);
      expect(await open(engine, { callId: 'c2' })).not.toBe(toTag);
      expect(await open(engine)).toBe(toTag);
      expect(await open(engine)).not.toBe(toTag);
    });

    it('never again where its end was in doubt, though it came when asked for once more', async () => {
      let lost = true;
      const engine = createCallEngine(
        recordingClient([], (args) => {
          if (lost && !('from-tag' in args)) throw new NgError('Timeout', 'The engine did not answer.');
          return answer(args);
        }),
      );
      const toTag = await open(engine);
      await expect(engine.unsubscribe({ callId: 'c1', toTag })).rejects.toThrow(NgError);
      lost = false;
      await engine.unsubscribe({ callId: 'c1', toTag });
      expect(await open(engine)).not.toBe(toTag);
    });
  });

  it('does not vouch for a sound whose length the engine does not tell (R6)', async () => {
    const sound = Buffer.from('RIFF');
    const of = { callId: 'c1', tag: 'b', sound };
    const sent: Sent[] = [];
    await expect(createCallEngine(recordingClient(sent)).playSound(of)).rejects.toMatchObject({
      command: 'play media',
    });
    expect(sent).toEqual([
      ['playMedia', { 'call-id': 'c1', 'from-tag': 'b', blob: sound, flags: ['block-egress'] }],
    ]);
    const engine = createCallEngine(recordingClient([], () => ({ duration: 240 })));
    expect(await engine.playSound(of)).toEqual({ durationMs: 240 });
  });
});
