import type { Call, Phone } from '../phone/index.ts';

/** A call that is up, as both its ends have it. */
export interface Talk {
  readonly customer: Call;
  readonly agent: Call;
}

/** A customer's phone calls a number of an agent's, whose phone answers; resolves when both have heard each other. */
export const talk = async (customer: Phone, agent: Phone, number: string): Promise<Talk> => {
  const calling = await customer.call(number);
  await calling.answered;
  const called = await agent.incoming.next();
  await Promise.all([calling.rtp.hear(5), called.rtp.hear(5)]);
  return { customer: calling, agent: called };
};
