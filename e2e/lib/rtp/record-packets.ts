import type { Recording } from '../audio/recording.ts';
import { codecOf, decodeG711 } from './g711.ts';
import type { ReceivedPacket } from './received-packet.ts';

/** Further than this from its arrival, a packet's timestamp is taken as a new beginning, samples. */
const resync = 0.2 * 8000;

/**
 * Lays received packets out in time, as an ear would: by timestamp within an SSRC, its first packet where it
 * arrived; silence where none came; two SSRCs at once are added. Other payload types than G.711 are left out.
 */
export function recordPackets(
  packets: readonly ReceivedPacket[],
  startedAt: number,
  endedAt: number,
): Recording {
  const samples = new Int16Array(Math.max(0, Math.ceil((endedAt - startedAt) * 8)));
  const anchors = new Map<number, { readonly timestamp: number; readonly place: number }>();
  for (const packet of packets) {
    const codec = codecOf(packet.payloadType);
    if (codec === undefined) continue;
    const arrived = Math.round((packet.arrivedAt - startedAt) * 8);
    const anchor = anchors.get(packet.ssrc);
    const expected =
      anchor === undefined ? undefined : anchor.place + ((packet.timestamp - anchor.timestamp) | 0);
    const place = expected === undefined || Math.abs(expected - arrived) > resync ? arrived : expected;
    if (place !== expected) anchors.set(packet.ssrc, { timestamp: packet.timestamp, place });
    decodeG711(codec, packet.payload).forEach((sample, n) => {
      const at = place + n;
      if (at >= 0 && at < samples.length) samples[at] = clip((samples[at] ?? 0) + sample);
    });
  }
  return { startedAt, samples };
}

function clip(sample: number): number {
  return Math.max(-32768, Math.min(32767, sample));
}
