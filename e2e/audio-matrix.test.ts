import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heardDb, toneTrack } from './lib/audio/index.ts';
import type { Call } from './lib/phone/index.ts';
import { agentNumber, writeCrowd } from './lib/world/crowd.ts';
import { onEngines } from './lib/world/on-engines.ts';
import { partyReceived } from './lib/world/party-received.ts';
import { talk } from './lib/world/talk.ts';
import { type Voices, voices } from './lib/world/voices.ts';
import { World } from './lib/world/world.ts';

const calls = 10;
/** Two of Acme's people more than the examples entitle. */
const entitleMore = `
apiVersion: medlyssning.dev/v1alpha1
kind: Entitlement
metadata: { name: also-eva, namespace: acme }
spec: { companyRef: { name: acme }, right: Medlyssning, users: [eva] }
---
apiVersion: medlyssning.dev/v1alpha1
kind: Entitlement
metadata: { name: also-filip, namespace: acme }
spec: { companyRef: { name: acme }, license: KundkontaktPro, users: [filip] }
`;

/** The second note of the sound; no party here speaks near it. */
const soundHz = 880;
/** All packets of a party come from one address: the call engine's for its leg. */
const sources = [expect.any(String)];

let world: World;
beforeAll(async () => {
  world = await World.start({
    tenants: async (dir) => {
      await writeFile(join(dir, 'acme', 'more.yaml'), entitleMore);
      await writeCrowd(dir, { agents: calls, listeners: 2 * calls });
    },
  });
});
afterAll(() => world?.stop());

/** Waits until these, over a second, hear those they shall and nobody else. A busy machine may take a moment. */
const expectMatrix = (
  voice: Voices,
  ears: Readonly<Record<string, Call>>,
  hears: Readonly<Record<string, readonly string[]>>,
): Promise<void> =>
  vi.waitFor(
    async () => {
      const from = performance.now();
      await Promise.all(Object.values(ears).map((call) => call.rtp.hear(60)));
      const matrix = Object.entries(ears).map(([name, call]) => [name, voice.in(call.recording, { from })]);
      expect(Object.fromEntries(matrix)).toEqual(hears);
    },
    { timeout: 6_000, interval: 1 },
  );

/** Is the note there for 60 ms on end? */
const hearsSound = ({ recording }: Call): boolean => {
  const track = toneTrack(recording, soundHz, 20).map((db) => db >= heardDb);
  return track.some((_, n) => [0, 1, 2].every((step) => track[n + step]));
};

describe('one call with four listeners', () => {
  it('each hears both parties and no sound, the agent hears the sound each time, and no party a listener', async () => {
    const names = ['customer', 'anna', 'karin', 'sven', 'eva', 'filip'];
    const voice = voices(...names);
    const anna = await world.phone('anna-desk', { source: voice.of('anna') });
    const customer = await world.customer('+46701111111', { source: voice.of('customer') });
    const karin = await world.phone('karin-desk', { source: voice.of('karin') });
    const sven = await world.sim('+46701740612', { source: voice.of('sven') });
    const eva = await world.sim('+46701740616', { source: voice.of('eva') });
    const filip = await world.phone('filip-desk', { source: voice.of('filip') });

    const up = await talk(customer, anna, 'sip:+46846500403@acme.example');
    const dialled = 'sip:*28*0846500403@acme.example';
    const listens: Call[] = [];
    for (const ask of [
      () => karin.call(dialled),
      () => world.dialFromSim(sven, dialled),
      () => world.dialFromSim(eva, dialled),
      () => filip.call(dialled),
    ]) {
      const listen = await ask();
      await listen.answered;
      await up.agent.rtp.hear(25);
      listens.push(listen);
    }
    const texts = [];
    for (const _ of listens) texts.push((await anna.messages.next()).body);
    expect(texts.at(-1)).toBe('Karin Ek, Sven Lund, Eva Lind och Filip Ström lyssnar på ditt samtal.');
    const ears = [up.customer, up.agent, ...listens].map((call, n) => [names[n] ?? '', call]);
    await expectMatrix(voice, Object.fromEntries(ears), {
      customer: ['anna'],
      anna: ['customer'],
      karin: ['customer', 'anna'],
      sven: ['customer', 'anna'],
      eva: ['customer', 'anna'],
      filip: ['customer', 'anna'],
    });
    for (const listen of listens) expect(listen.rtp.streams).toMatchObject([{ lost: 0, duplicates: 0 }]);

    expect(partyReceived(up.agent.rtp, up.customer.rtp)).toEqual({ sources, sounds: 4, lost: 0 });
    expect(hearsSound(up.agent)).toBe(true);
    // nor does a listener who was there hear the sounds of those who came later: relays copy what parties send
    expect([up.customer, ...listens].map(hearsSound)).toEqual([false, false, false, false, false]);
    expect(partyReceived(up.customer.rtp, up.agent.rtp)).toEqual({ sources, sounds: 0, lost: 0 });
    expect(await onEngines(world)).toMatchObject({ relays: 2, intoRelays: 0 });
    await up.customer.hangUp();
    await Promise.all(listens.map((listen) => listen.ended));
  });
});

describe('ten calls with two listeners each, all at once', () => {
  it('each hears both parties of its own call and nobody of the nine others', async () => {
    const numbers = Array.from({ length: calls }, (_, n) => n + 1);
    const names = numbers.flatMap((n) => [`customer-${n}`, `agent-${n}`, `ear-${n}a`, `ear-${n}b`]);
    const voice = voices(...names);
    const phones = await Promise.all(
      numbers.map(async (n) => ({
        n,
        customer: await world.customer(`+4670111111${n}`, { source: voice.of(`customer-${n}`) }),
        agent: await world.phone(`agent-${n}-desk`, { source: voice.of(`agent-${n}`) }),
        a: await world.phone(`listener-${2 * n - 1}-desk`, { source: voice.of(`ear-${n}a`) }),
        b: await world.phone(`listener-${2 * n}-desk`, { source: voice.of(`ear-${n}b`) }),
      })),
    );
    const groups = await Promise.all(
      phones.map(async ({ n, customer, agent, a, b }) => {
        const up = await talk(customer, agent, `sip:${agentNumber(n)}@crowd.example`);
        const listens = await Promise.all(
          [a, b].map((phone) => phone.call(`sip:*28*${agentNumber(n)}@crowd.example`)),
        );
        await Promise.all(listens.map((listen) => listen.answered));
        return { n, up, listens };
      }),
    );
    const ears = groups.flatMap(({ n, up, listens: [a, b] }) => [
      [`customer-${n}`, up.customer],
      [`agent-${n}`, up.agent],
      [`ear-${n}a`, a],
      [`ear-${n}b`, b],
    ]);
    const hears = numbers.flatMap((n) => [
      [`customer-${n}`, [`agent-${n}`]],
      [`agent-${n}`, [`customer-${n}`]],
      [`ear-${n}a`, [`customer-${n}`, `agent-${n}`]],
      [`ear-${n}b`, [`customer-${n}`, `agent-${n}`]],
    ]);
    await expectMatrix(voice, Object.fromEntries(ears), Object.fromEntries(hears));
    for (const { up } of groups) {
      expect(partyReceived(up.customer.rtp, up.agent.rtp)).toEqual({ sources, sounds: 0, lost: 0 });
      expect(partyReceived(up.agent.rtp, up.customer.rtp)).toEqual({ sources, sounds: 2, lost: 0 });
    }
    expect(await onEngines(world)).toMatchObject({ relays: 2 * calls, intoRelays: 0 });
    await Promise.all(groups.map(({ up }) => up.agent.hangUp()));
    await Promise.all(groups.flatMap(({ listens }) => listens.map((listen) => listen.ended)));
  });
});
