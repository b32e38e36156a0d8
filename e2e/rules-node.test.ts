import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { expectRefusal } from './lib/outcome/expect-refusal.ts';
import { listens } from './lib/outcome/listening.ts';
import type { Stage } from './lib/outcome/stage.ts';
import { nothingNoticed, witness } from './lib/outcome/witness.ts';

// Karin may listen to Anna. What stops these attempts is the media node: it cannot know, or it goes.
let stage: Stage;
beforeAll(async () => {
  stage = await acmeStage(['anna']);
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const karin = { from: 'karin-desk', listener: 'karin +46…401 karin-desk' } as const;
const anna = { dials: '0846500403', target: 'anna +46…403' } as const;

describe('the policy can no longer be confirmed', () => {
  it('refuses with PolicyStale once it is older than the company allows, and admits again when it is confirmed', async () => {
    const target = stage.talkOf('anna');
    await stage.edit([
      { file: 'acme/company.yaml', from: '  listening:\n', to: '  listening:\n    maxPolicyAgeSeconds: 5\n' },
    ]);
    const lost = await stage.world.policy.lose();
    await using listen = await listens(stage, { from: 'sven-desk', dials: '0846500403', target });
    await until(async () => (await policyAge()) > 5);
    await expectRefusal(stage, {
      name: 'a source that is gone',
      ...karin,
      ...anna,
      answer: [503, 'PolicyStale'],
      failed: ['PolicyStale'],
      policyDir: lost.policyDir,
    });
    // Losing sight of the policy takes nobody's right away: who listens goes on.
    await listen.call.rtp.hear(5);

    await lost.find();
    await until(async () => (await policyAge()) < 5);
    await using again = await listens(stage, { from: 'karin-desk', dials: '0846500403', target });
    expect(again.attempt.reason).toBe('Allowed');
  });
});

describe('the node is taken out of service (SIGTERM)', () => {
  it('hangs up who listens, tells Anna, refuses others meanwhile, and leaves the call alone', async () => {
    const target = stage.talkOf('anna');
    const { sidecar, listeningEngine } = stage.world;
    await using sven = await listens(stage, { from: 'sven-desk', dials: '0846500403', target });
    // A listening engine that is slow to answer holds the taking down up, so that one can look into it.
    listeningEngine.process.signal('SIGSTOP');
    sidecar.signal('SIGTERM');
    const { reason } = await sven.call.ended;
    expect(reason).toBe('SIP;cause=200;text="Draining"');
    await expectRefusal(stage, {
      name: 'Karin, who comes too late',
      ...karin,
      ...anna,
      answer: [503, 'Draining'],
      failed: [],
    });
    listeningEngine.process.signal('SIGCONT');
    const { record, told } = await sven.ended();
    expect(record.reason).toBe('Draining');
    expect(told).toBe('Ingen lyssnar längre på ditt samtal.');
    expect(await sidecar.exited).toMatchObject({ code: 0 });
  });

  it('is not missed by calls: without a sidecar there is no listening, and nothing else is lacking', async () => {
    const look = witness(stage.talks);
    const call = await stage.dial('karin-desk', '*28*0846500403');
    expect((await call.ended).status).toBe(503);
    expect(await look()).toEqual(nothingNoticed);
  });
});

/** The age of the policy as the node's metrics tell it, s. */
async function policyAge(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${stage.world.place.metricsPort}/metrics`);
  return Number(/^medlyssning_policy_age_seconds (\S+)$/m.exec(await answer.text())?.[1]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}
