import type { Phone } from '@medlyssning/e2e/lib/phone/index.ts';
import { talk } from '@medlyssning/e2e/lib/world/talk.ts';
import type { World } from '@medlyssning/e2e/lib/world/world.ts';
import { numbers } from '../cast/cast.ts';
import { askToListen, listen } from './ask-to-listen.ts';
import { codeOf } from './refusal-of.ts';
import { ShowClock } from './show-clock.ts';
import type { ShowEvent } from './show-event.ts';
import type { ShowResult } from './show-result.ts';
import type { Stage } from './stage.ts';
import { toShowResult } from './to-show-result.ts';
import { within } from './within.ts';

/** For ears and eyes: how long nothing new happens. */
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * The script. A customer calls Anna; Karin listens from her desk phone, Sven from his mobile; five may not; Sven hangs up,
 * then the customer does. Bo, at lunch, has a call at the same time.
 * @param tell is told each event as it happens
 * @throws ShowFailed when something that all the rest needs did not come
 */
export async function playShow(
  world: World,
  stage: Stage,
  tell: (event: ShowEvent) => void,
): Promise<ShowResult> {
  const { customer, anna, karin, karinsMobile, sven, eva, greta, maja } = stage;
  const up = (caller: Phone, agent: Phone, number: string) =>
    within(5000, `The call to ${number}`, talk(caller, agent, `sip:${number}@acme.example`));
  const bosCall = await up(stage.caller, stage.bo, numbers.bo);
  const clock = new ShowClock(performance.now(), tell);
  const nextTold = async () => {
    const { body, at } = await anna.messages.next(6000);
    clock.happened({ kind: 'told', who: 'anna', sentence: body }, at);
  };

  clock.happened({ kind: 'calls', who: 'customer', whom: 'anna' });
  const call = await up(customer, anna, numbers.anna);
  clock.happened({ kind: 'answers', who: 'anna' }, call.agent.times.answered);
  await pause(1.2);

  const national = '*28*0846500403';
  const toAnna = { dialled: national, whom: 'anna' } as const;
  const target = `sip:${national}@acme.example`;
  const [karins] = await Promise.all([
    listen(clock, { ...toAnna, who: 'karin', device: 'her desk phone', dial: () => karin.call(target) }),
    nextTold(),
  ]);
  await pause(1.3);

  const international = `*28*${numbers.anna}`;
  const svensTarget = `sip:${international}@acme.example`;
  const [svens] = await Promise.all([
    listen(clock, {
      who: 'sven',
      device: 'his mobile (SIM)',
      dialled: international,
      whom: 'anna',
      dial: () => world.dialFromSim(sven, svensTarget),
    }),
    nextTold(),
  ]);
  const bothFrom = performance.now();
  await pause(0.6);

  const refusals = [
    { ...toAnna, who: 'eva', device: 'her desk phone', dial: () => eva.call(target) },
    { ...toAnna, who: 'greta', device: 'her mobile app', dial: () => greta.call(target) },
    {
      ...toAnna,
      who: 'karin',
      device: 'her mobile at the same time',
      dial: () => world.dialFromSim(karinsMobile, target),
    },
    {
      ...toAnna,
      who: 'maja',
      device: 'a phone at Beta',
      dial: () => maja.call(`sip:${national}@beta.example`),
    },
  ] as const;
  for (const attempt of refusals) {
    await (await askToListen(clock, attempt))?.hangUp();
    await pause(0.4);
  }
  const both = { from: bothFrom, to: performance.now() };

  clock.happened({ kind: 'hangsUp', who: 'sven' });
  await Promise.all([svens.hangUp(), nextTold()]);
  const toBo = `*28*${numbers.bo}`;
  const bos = await askToListen(clock, {
    who: 'sven',
    device: 'his mobile (Bo, at lunch)',
    dialled: toBo,
    whom: 'bo',
    dial: () => world.dialFromSim(sven, `sip:${toBo}@acme.example`),
  });
  await bos?.hangUp();
  await pause(0.6);

  clock.happened({ kind: 'hangsUp', who: 'customer' });
  const cutOff = within(3000, "The end of Karin's listening", karins.ended).then(({ reason, at }) =>
    clock.happened({ kind: 'cutOff', who: 'karin', reason: codeOf(reason) }, at),
  );
  await Promise.all([call.customer.hangUp(), cutOff, nextTold()]);
  await bosCall.customer.hangUp();
  return toShowResult(world, { clock, call, bosCall, karins, svens, both });
}
