import type { Call, Phone } from '../phone/index.ts';
import { tone } from '../rtp/index.ts';
import type { World } from '../world/world.ts';

/** A colleague in a call with a customer, each with a tone of its own, and both ends of it open to the test. */
export interface Talk {
  /** First name of the colleague, as `examples/` has it. */
  readonly name: string;
  readonly phone: Phone;
  readonly colleague: Call;
  readonly customer: Call;
  /** Tones of both; 0: silent. */
  readonly colleagueHz: number;
  readonly customerHz: number;
}

/** Who is to talk. */
export interface TalkOf {
  readonly name: string;
  /** The colleague's phone, registered. Its tone is the second of `hz`. */
  readonly phone: Phone;
  /** What the customer dials, and where: `sip:+46846500403@acme.example`. */
  readonly dials: string;
  /** The customer's own number. */
  readonly customer: string;
  /** Tones of the customer and of the colleague. */
  readonly hz: readonly [customer: number, colleague: number];
}

/** A customer calls a colleague, who answers. Resolves when each hears the other. */
export async function talk(world: World, { name, phone, dials, customer, hz }: TalkOf): Promise<Talk> {
  const [customerHz, colleagueHz] = hz;
  const caller = await world.customer(customer, { source: tone(customerHz) });
  const call = await caller.call(dials);
  await call.answered;
  const colleague = await phone.incoming.next();
  colleague.rtp.say(tone(colleagueHz));
  await Promise.all([call.rtp.hear(5), colleague.rtp.hear(5)]);
  return { name, phone, colleague, customer: call, colleagueHz, customerHz };
}
