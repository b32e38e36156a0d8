import { afterAll, beforeAll, expect, it } from 'vitest';
import { audioMatrix, partyTone, whoHearsWhom } from './lib/audio/index.ts';
import { tone } from './lib/rtp/index.ts';
import { World } from './lib/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

it('lets Karin hear Anna and the customer, and nobody hear Karin', async () => {
  const [customerHz, annaHz, karinHz] = [partyTone(0), partyTone(1), partyTone(2)];
  const anna = await world.phone('anna-desk', { source: tone(annaHz) });
  const karin = await world.phone('karin-desk', { source: tone(karinHz) });
  const customer = await world.customer('+46701111111', { source: tone(customerHz) });

  const call = await customer.call('sip:+46846500403@acme.example');
  await call.answered;
  const annasCall = await anna.incoming.next();
  const listen = await karin.call('sip:*28*0846500403@acme.example');
  await listen.answered;
  const message = await anna.messages.next();
  expect(message.body).toBe('Karin Ek lyssnar på ditt samtal.');
  await listen.rtp.hear(100);

  const now = performance.now();
  const matrix = audioMatrix(
    [
      { name: 'customer', hz: customerHz },
      { name: 'anna', hz: annaHz },
      { name: 'karin', hz: karinHz },
    ],
    new Map([
      ['customer', call.recording],
      ['anna', annasCall.recording],
      ['karin', listen.recording],
    ]),
    { from: now - 1_000 },
  );
  expect(whoHearsWhom(matrix)).toEqual({
    customer: ['anna'],
    anna: ['customer'],
    karin: ['customer', 'anna'],
  });
  await call.hangUp();
  const end = await listen.ended;
  expect(end.reason).toContain('CallEnded');
});
