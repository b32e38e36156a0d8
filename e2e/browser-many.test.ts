import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hears, partyTone, sampleRate } from './lib/audio/index.ts';
import { type BrowserStage, startBrowserStage } from './lib/browser/browser-stage.ts';
import { tone } from './lib/rtp/index.ts';
import { agentNumber, writeCrowd } from './lib/world/crowd.ts';
import { talk } from './lib/world/talk.ts';
import { World } from './lib/world/world.ts';

/** Four listeners on each of five calls, as many as the company lets one call have. */
const [calls, listeners] = [5, 20];
const controlHz = 1320;

/** Tones of the customer and the agent of a call: of no other call. */
const tonesOf = (call: number): readonly [number, number] => [partyTone(2 * call), partyTone(2 * call + 1)];
const allTones = Array.from({ length: 2 * calls }, (_, n) => partyTone(n));

let browser: BrowserStage;
let world: World;
beforeAll(async () => {
  browser = await startBrowserStage();
  world = await World.start({
    ...browser.options,
    tenants: (dir) => writeCrowd(dir, { agents: calls, listeners }),
  });
  for (let n = 0; n < calls; n += 1) {
    const [customerHz, agentHz] = tonesOf(n);
    const customer = await world.customer(`+4670111111${n}`, { source: tone(customerHz) });
    const agent = await world.phone(`agent-${n + 1}-desk`, { source: tone(agentHz) });
    await talk(customer, agent, `sip:${agentNumber(n + 1)}@crowd.example`);
  }
});
afterAll(async () => {
  await world?.stop();
  await browser?.[Symbol.asyncDispose]();
});

it('lets one page hear twenty listens at once: both parties of its own call in each, and nothing else', async () => {
  const page = await browser.page();
  for (let n = 0; n < listeners; n += 1) {
    const token = await browser.issuer.token(`listener-${n + 1}@crowd.example`);
    const { asked, answered } = await page.listen({ token, target: `agent-${(n % calls) + 1}` });
    expect([asked.status, answered?.status], asked.text).toEqual([201, 201]);
  }
  for (let n = 0; n < listeners; n += 1) {
    const own = tonesOf(n % calls);
    const expected = Object.fromEntries([...allTones, controlHz].map((hz) => [hz, own.includes(hz)]));
    await vi.waitFor(
      async () => {
        const recording = await page.recording(n);
        // by the page's own clock: on a busy machine twenty recorders fall behind ours
        const from = recording.startedAt + (1_000 * recording.samples.length) / sampleRate - 1_000;
        expect(hears(recording, { tones: [...allTones, controlHz], from })).toEqual(expected);
      },
      { timeout: 20_000, interval: 100 },
    );
  }
  await page.close();
});
