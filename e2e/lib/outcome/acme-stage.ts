import { partyTone } from '../audio/index.ts';
import type { WorldOptions } from '../world/world.ts';
import { Stage } from './stage.ts';
import type { TalkOf } from './talk.ts';

/** Tones lie far from those of the sound; listeners may take any other. */
const talks = {
  /** Licensed, in a profile that allows listening. */
  anna: {
    device: 'anna-desk',
    dials: 'sip:+46846500403@acme.example',
    customer: '+46701111111',
    hz: [partyTone(1), partyTone(2)],
  },
  /** Licensed, at lunch. */
  bo: {
    device: 'bo-desk',
    dials: 'sip:+46846500404@acme.example',
    customer: '+46702222222',
    hz: [partyTone(3), partyTone(4)],
  },
  /** Without licence. */
  cilla: {
    device: 'cilla-desk',
    dials: 'sip:+46846500405@acme.example',
    customer: '+46703333333',
    hz: [partyTone(5), partyTone(6)],
  },
  /** Of the other company; licensed, in a profile that allows listening. */
  nils: {
    device: 'nils-desk',
    dials: 'sip:+46846500483@beta.example',
    customer: '+46704444444',
    hz: [partyTone(8), partyTone(9)],
  },
} as const satisfies Record<string, Omit<TalkOf, 'name' | 'phone'> & { readonly device: string }>;

/** A stage on which these colleagues of `examples/` are in a call with a customer each. */
export async function acmeStage(
  inCall: readonly (keyof typeof talks)[],
  options: WorldOptions = {},
): Promise<Stage> {
  const stage = await Stage.set(options);
  for (const name of inCall) await stage.talk({ name, ...talks[name] });
  return stage;
}
