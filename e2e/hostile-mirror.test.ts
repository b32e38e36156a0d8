import { hepPacket } from '@medlyssning/media-sidecar/observe/hep.fixture.ts';
import fc from 'fast-check';
import { encodeMessage } from 'rtpengine-ng-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ForgedMirror, openForgedMirror } from './lib/hostile/forged-mirror.ts';
import { allEnded, metric, stillServes } from './lib/hostile/still-serves.ts';
import { attempt } from './lib/outcome/attempt.ts';
import { sipAnswer } from './lib/outcome/sip-answer.ts';
import type { Phone } from './lib/phone/index.ts';
import { editFiles, revisionsOf } from './lib/world/edit-policy.ts';
import { type Talk, talk } from './lib/world/talk.ts';
import { World } from './lib/world/world.ts';

// Only loopback reaches the HEP port. So the attacker here is a process on the media node that opens sockets, but does not
// speak ng to the engine: with ng it would need no sidecar in order to listen.

const onAnna = 'sip:*28*0846500403@acme.example';
const onBo = 'sip:*28*0846500404@acme.example';
const onNobody = 'sip:*28*0846500499@acme.example';

let world: World;
let karin: Phone;
let annas: Talk;
let bos: Talk;
beforeAll(async () => {
  world = await World.start();
  karin = await world.phone('karin-desk');
  const [anna, bo] = [await world.phone('anna-desk'), await world.phone('bo-desk')];
  await world.phone('lena-desk');
  const [one, two] = [await world.customer('+46701111111'), await world.customer('+46702222222')];
  annas = await talk(one, anna, 'sip:+46846500403@acme.example');
  bos = await talk(two, bo, 'sip:+46846500404@acme.example');
});
afterAll(() => world?.stop());

const refused = async (number: string) => {
  const { call, end, records, ear } = await attempt(world, (options) => karin.call(number, options));
  await Promise.all([call.ended, ear.close()]);
  return { code: sipAnswer(end).warning, records: records.length, heard: ear.received.length };
};

const tagsOf = ({ customer, agent }: Talk) => ({
  'call-id': customer.callId,
  'from-tag': /;tag=([^;]+)/.exec(agent.message?.getHeader('from') ?? '')?.[1] ?? '',
  'to-tag': /;tag=([^;]+)/.exec(customer.message?.getHeader('to') ?? '')?.[1] ?? '',
});

/** Connects in the engine's place. What it tells counts once the sidecar has listed the calls for it. */
const intruder = async (): Promise<ForgedMirror> => {
  const mirror = await openForgedMirror(world.place.hepPort);
  await expect.poll(() => metric(world, 'medlyssning_mirror_up')).toBe(1);
  return mirror;
};

describe('a forged mirror', () => {
  it('leaves the sidecar alive, whatever bytes it sends', async () => {
    const good = hepPacket({
      from: 1,
      to: 2,
      at: Date.now(),
      payload: encodeMessage('c', { command: 'offer' }),
    });
    const change = fc.record({ at: fc.nat(good.length), bytes: fc.uint8Array({ maxLength: 12 }) });
    const packet = fc
      .array(change, { maxLength: 4 })
      .map((changes) =>
        changes.reduce(
          (now, { at, bytes }) =>
            Buffer.concat([now.subarray(0, at), bytes, now.subarray(at + bytes.length)]),
          good,
        ),
      );
    const stream = fc.oneof(
      fc.array(packet, { maxLength: 5 }).map((packets) => Buffer.concat([good, ...packets])),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      // a packet that says it is longer than it is, and one that says it is nothing
      fc.nat(70_000).map((length) => Buffer.concat([good, Buffer.from('HEP3\0\0'), Buffer.alloc(length)])),
    );
    await fc.assert(
      fc.asyncProperty(stream, async (bytes) => {
        const mirror = await openForgedMirror(world.place.hepPort);
        await mirror.send(bytes);
        mirror.close();
        await mirror.closed();
      }),
      { numRuns: 150, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    );
    await stillServes(world, karin, onAnna);
  });

  it('is closed when it does not speak HEP', async () => {
    const mirror = await openForgedMirror(world.place.hepPort);
    await mirror.send('GET / HTTP/1.1\r\n\r\n');
    await mirror.closed();
  });

  it('cannot fill the book with calls that are none', async () => {
    const mirror = await intruder();
    const before = await metric(world, 'medlyssning_calls');
    for (let n = 0; n < 3_000; n += 1) {
      const metadata = `domain:acme.example|caller:+46703333333|callee:+46846500403`;
      const call = { 'call-id': `invented-${n}`, 'from-tag': 'a', label: 'caller', metadata };
      await mirror.tell({ command: 'offer', ...call });
      await mirror.tell({ command: 'answer', ...call, 'to-tag': 'b', label: 'callee' });
    }
    // whatever is asked for, the mirror does not show what the engine is asked then: the calls are listed from now on
    expect(await refused(onNobody)).toMatchObject({ code: 'TargetUnknown', heard: 0 });
    await expect.poll(() => metric(world, 'medlyssning_calls'), { timeout: 5_000 }).toBe(before);
    await stillServes(world, karin, onAnna);
    mirror.close();
    await stillServes(world, karin, onAnna);
  });

  it('cannot free the line of a listener who is in a call by telling nothing of it (R11)', async () => {
    const mirror = await intruder();
    const own = await karin.call('sip:+46846500412@acme.example');
    await own.answered;
    expect(await refused(onAnna)).toEqual({ code: 'ListenerLineBusy', records: 1, heard: 0 });
    // the sidecar has found out by now
    expect(await metric(world, 'medlyssning_mirror_up')).toBe(0);
    await own.hangUp();
    mirror.close();
    await stillServes(world, karin, onAnna);
  });

  it('ends at most the listens to a call, never the call', async () => {
    const mirror = await intruder();
    const listen = await karin.call(onAnna);
    await listen.answered;
    await expect
      .poll(async () => {
        await mirror.tell({ command: 'delete', 'call-id': annas.customer.callId });
        return listen.times.ended;
      })
      .toBeDefined();
    expect((await listen.ended).reason).toContain('CallEnded');
    await Promise.all([annas.customer.rtp.hear(10), annas.agent.rtp.hear(10)]);
    expect(annas.customer.rtp.streams.map(({ lost }) => lost)).toEqual([0]);
    mirror.close();
    await allEnded(world);
  });

  it('does not make one colleague’s call another’s', async () => {
    expect(await refused(onBo)).toEqual({ code: 'ProfileForbids', records: 1, heard: 0 });
    const mirror = await intruder();
    const metadata = 'domain:acme.example|caller:+46702222222|callee:+46846500403';
    // Bo's leg is said to be Anna, whose profile allows it. Two records: believed, and then not joined
    await expect
      .poll(async () => {
        await mirror.tell({ command: 'answer', ...tagsOf(bos), label: 'callee', metadata });
        return refused(onAnna);
      })
      .toEqual({ code: 'TargetNotInCall', records: 2, heard: 0 });
    mirror.close();
  });

  it('does not change the profile that was active when a call began (R4)', async () => {
    const before = (await world.audit()).length;
    const file = 'acme/agents.yaml';
    // Bo goes back to work during the call: the next one may be listened to, this one may not
    await editFiles(world.place.policyDir, [{ file, from: '{ name: lunch,', to: '{ name: kundtjanst,' }]);
    const [inForce] = await revisionsOf(world.place.policyDir, 'acme');
    await expect
      .poll(async () => {
        await refused(onBo);
        return (await world.audit()).findLast((record) => record.record === 'attempt')?.policyRevisions[0];
      })
      .toBe(inForce);

    const mirror = await intruder();
    const { 'call-id': callId, 'from-tag': fromTag } = tagsOf(bos);
    const metadata = 'domain:acme.example|caller:+46702222222|callee:+46846500404';
    for (let n = 0; n < 5; n += 1) {
      await mirror.tell({ command: 'delete', 'call-id': callId });
      await mirror.tell({
        command: 'offer',
        'call-id': callId,
        'from-tag': fromTag,
        label: 'caller',
        metadata,
      });
      await mirror.tell({ command: 'answer', ...tagsOf(bos), label: 'callee', metadata });
      expect((await refused(onBo)).heard).toBe(0);
    }
    mirror.close();
    expect((await refused(onBo)).code).toBe('ProfileForbids');
    expect((await world.audit()).slice(before).filter(({ record }) => record === 'start')).toEqual([]);
  });
});
