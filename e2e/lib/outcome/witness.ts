import { countStreams, recordPackets } from '../rtp/index.ts';
import { soundsIn } from './sounds.ts';
import type { Talk } from './talk.ts';

/** What became of the people in their calls while something was tried. */
export interface Seen {
  /** Colleagues who heard the sound, once for each time. */
  readonly sounds: readonly string[];
  /** Whose customer heard it. */
  readonly customersHeardSound: readonly string[];
  /** What was shown to whom: `anna: Karin Ek lyssnar på ditt samtal.` */
  readonly messages: readonly string[];
  /** Packets lost, doubled or from a second source, at anybody's ear. */
  readonly disturbed: readonly string[];
}

/** Nobody noticed anything. */
export const nothingNoticed: Seen = { sounds: [], customersHeardSound: [], messages: [], disturbed: [] };

/** Looks at these people from now on; the function returned waits for `packets` more at each ear and tells what was seen. */
export function witness(talks: readonly Talk[]): (packets?: number) => Promise<Seen> {
  const from = performance.now();
  const shown = talks.map(({ phone }) => phone.messages.all.length);
  return async (packets = 10) => {
    await Promise.all(
      talks.flatMap(({ colleague, customer }) => [colleague.rtp.hear(packets), customer.rtp.hear(packets)]),
    );
    const to = performance.now();
    const sounds = ({ rtp }: Talk['colleague']) => {
      const since = rtp.received.filter(({ arrivedAt }) => arrivedAt >= from);
      return soundsIn(recordPackets(since, from, to));
    };
    return {
      sounds: talks.flatMap(({ name, colleague }) => sounds(colleague).map(() => name)),
      customersHeardSound: talks.flatMap(({ name, customer }) => sounds(customer).map(() => name)),
      messages: talks.flatMap(({ name, phone }, n) =>
        phone.messages.all.slice(shown[n]).map(({ body }) => `${name}: ${body}`),
      ),
      disturbed: talks.flatMap(({ name, colleague, customer }) => [
        ...troubles(name, colleague, from),
        ...troubles(`${name}'s customer`, customer, from),
      ]),
    };
  };
}

/** One sender, no number left out, none twice: the audio of an undisturbed call. */
function troubles(who: string, { rtp }: Talk['colleague'], from: number): readonly string[] {
  const first = rtp.received.findIndex(({ arrivedAt }) => arrivedAt >= from);
  const streams = countStreams(rtp.received.slice(Math.max(0, first - 1)));
  return [
    ...(streams.length === 1 ? [] : [`${who} heard ${streams.length} sources`]),
    ...streams.flatMap(({ lost, duplicates }) => [
      ...(lost === 0 ? [] : [`${who} lost ${lost} packets`]),
      ...(duplicates === 0 ? [] : [`${who} heard ${duplicates} packets twice`]),
    ]),
  ];
}
