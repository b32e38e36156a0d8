import { partyTone } from '@medlyssning/e2e/lib/audio/index.ts';
import { type Call, Phone } from '@medlyssning/e2e/lib/phone/index.ts';
import { tone } from '@medlyssning/e2e/lib/rtp/index.ts';
import { agentNumber, writeCrowd } from '@medlyssning/e2e/lib/world/crowd.ts';
import { talk } from '@medlyssning/e2e/lib/world/talk.ts';
import { World, type WorldOptions } from '@medlyssning/e2e/lib/world/world.ts';
import { header } from '@medlyssning/sip-tcp';

/** Calls that are up, listened to in turn: so many that each has a pause in which the last sound ends. */
const calls = 5;

/** Tones of customer and agent. */
export const tones: readonly [number, number] = [partyTone(0), partyTone(1)];

/** Which way the INVITE goes: by Kamailio, which asks for digest and routes it, or straight to the sidecar's SIP port. */
export type Way = 'pbx' | 'sidecar';

/** A world with calls up and a listener for each. */
export interface Stage extends AsyncDisposable {
  /** The n-th listen: the calls and their listeners take turns. Resolves when the INVITE is on its way. */
  listen(n: number, way: Way): Promise<Call>;
}

export const setStage = async (sidecar: WorldOptions['sidecar'] = {}): Promise<Stage> => {
  const world = await World.start({
    sidecar,
    tenants: (dir) => writeCrowd(dir, { agents: calls, listeners: calls }),
  });
  const straight: Phone[] = [];
  try {
    const listeners: {
      readonly dialled: string;
      readonly device: string;
      readonly pbx: Phone;
      readonly sidecar: Phone;
    }[] = [];
    for (let n = 1; n <= calls; n += 1) {
      const customer = await world.customer(`+4670111111${n}`, { source: tone(tones[0]) });
      const agent = await world.phone(`agent-${n}-desk`, { source: tone(tones[1]) });
      await talk(customer, agent, `sip:${agentNumber(n)}@crowd.example`);
      const device = `listener-${n}-desk`;
      const port = world.place.sipPort;
      const domain = 'crowd.example';
      const phone = await Phone.open({ user: device, domain, pbx: { host: '127.0.0.1', port } });
      straight.push(phone);
      const dialled = `sip:*28*${agentNumber(n)}@${domain}`;
      listeners.push({ dialled, device, pbx: await world.phone(device), sidecar: phone });
    }
    return {
      listen(n, way) {
        const listener = listeners[n % calls];
        if (!listener) throw new RangeError(`There is no listener ${n}.`);
        const { dialled, device, [way]: phone } = listener;
        const asserted = [
          header('P-Asserted-Identity', `<sip:${device}@crowd.example>`),
          header('X-Device', device),
        ];
        return phone.call(dialled, way === 'pbx' ? {} : { headers: asserted });
      },
      async [Symbol.asyncDispose]() {
        await Promise.all(straight.map((phone) => phone.close()));
        await world.stop();
      },
    };
  } catch (error) {
    await world.stop();
    throw error;
  }
};
