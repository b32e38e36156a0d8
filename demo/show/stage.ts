import type { Phone } from '@medlyssning/e2e/lib/phone/index.ts';
import { samplesOf } from '@medlyssning/e2e/lib/rtp/index.ts';
import type { World } from '@medlyssning/e2e/lib/world/world.ts';
import { type AudibleId, numbers } from '../cast/cast.ts';
import type { Voices } from '../voices/make-voices.ts';

/** Every phone of the show, switched on and registered. */
export interface Stage {
  readonly customer: Phone;
  readonly caller: Phone;
  readonly anna: Phone;
  readonly bo: Phone;
  readonly karin: Phone;
  readonly karinsMobile: Phone;
  readonly sven: Phone;
  readonly eva: Phone;
  readonly greta: Phone;
  readonly maja: Phone;
}

export async function setStage(world: World, { said }: Voices): Promise<Stage> {
  const voice = (who: AudibleId) => ({
    source: samplesOf(said.get(who) ?? new Int16Array(1), { loop: true }),
  });
  return {
    customer: await world.customer(numbers.customer, voice('customer')),
    caller: await world.customer(numbers.caller, voice('caller')),
    anna: await world.phone('anna-desk', voice('anna')),
    bo: await world.phone('bo-desk', voice('bo')),
    karin: await world.phone('karin-desk', voice('karin')),
    karinsMobile: await world.sim(numbers.karinsMobile),
    sven: await world.sim(numbers.svensMobile, voice('sven')),
    eva: await world.phone('eva-desk'),
    greta: await world.phone('greta-app'),
    maja: await world.phone('maja-desk'),
  };
}
