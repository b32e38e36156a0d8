import type { Stage } from './stage.ts';

/** A customer's call that rings at a device and is not answered; given up at the end of the block. */
export async function ringing(stage: Stage, device: string, dials: string): Promise<AsyncDisposable> {
  const phone = await stage.phone(device);
  phone.policy = { kind: 'ring' };
  const customer = await stage.world.customer('+46705555555');
  const call = await customer.call(dials);
  await phone.incoming.next();
  await call.ringing;
  return {
    [Symbol.asyncDispose]: async () => {
      call.cancel();
      await call.ended;
      phone.policy = { kind: 'answer' };
    },
  };
}
