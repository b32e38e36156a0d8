import { NgError } from 'rtpengine-ng-client';
import { describe, expect, it } from 'vitest';
import { listening, nothingLeft } from './listening.fixture.ts';

type Stage = Awaited<ReturnType<typeof listening>>;

/** A listen of Karin's that is up. */
const joined = async (stage: Stage) => {
  const outcome = await stage.ask('karin-desk');
  if (outcome.kind !== 'joined') throw new Error(outcome.reason);
  return outcome.listen;
};
const count = (stage: Stage, command: string) =>
  stage.engines.asked.filter((asked) => asked === command).length;

describe('joining', () => {
  it('connects again where a party joins while the listener is connected: all are heard, or nobody', async () => {
    const stage = await listening();
    stage.engines.before((command) => {
      if (command !== 'connect' || count(stage, 'connect') > 1) return;
      const [mix] = stage.relays.mixes;
      if (mix) void stage.relays.addParty(mix.callId, 'transferred-to');
    });
    // the answer to `connect` comes after the new relay is up
    const slowConnect = stage.engines.listening.connect;
    stage.engines.listening.connect = async (of) => {
      await slowConnect(of);
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await joined(stage);
    expect(count(stage, 'connect')).toBe(2);
  });

  it('whose mix is lost while the listener is connected is refused, and its record says since when it was heard', async () => {
    const stage = await listening();
    const { connect } = stage.engines.listening;
    stage.engines.listening.connect = async (of) => {
      if (count(stage, 'connect') > 0) throw new NgError('EngineRefused', 'Unknown call-ID');
      await connect(of);
      const [mix] = stage.relays.mixes;
      if (mix) await stage.relays.abandon(mix);
    };
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    expect(stage.audit.records.at(-1)).toMatchObject({ record: 'end', startedAt: expect.any(String) });
    expect(stage.left()).toEqual(nothingLeft);
  });

  it('is refused where the engine has the target talk with nobody any more', async () => {
    const stage = await listening();
    stage.engines.calls.set('call', ['customer', 'someone else']);
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'TargetNotInCall' });
    expect(stage.engines.asked).toEqual(['query']);
    expect(stage.left()).toEqual(nothingLeft);
  });
});

describe('a new offer of a listener', () => {
  it('is answered while the listen is up', async () => {
    const stage = await listening();
    const listen = await joined(stage);
    expect(await listen.reoffer('v=0')).toBe('answer');
  });

  it('is not taken once the listen has ended', async () => {
    const stage = await listening();
    const listen = await joined(stage);
    listen.end('Revoked');
    await expect(listen.reoffer('v=0')).rejects.toBe('Revoked');
    await stage.service.drain();
    expect(count(stage, 'publish listener')).toBe(1);
  });

  it('that meets the end of the listen leaves no stream open', async () => {
    const stage = await listening();
    const listen = await joined(stage);
    stage.engines.before((command) => {
      if (command === 'publish listener') listen.end('Revoked');
    });
    await expect(listen.reoffer('v=0')).rejects.toBe('Revoked');
    await stage.service.drain();
    expect(stage.left()).toEqual(nothingLeft);
  });
});
