import { goertzel, heardDb } from '@medlyssning/e2e/lib/audio/index.ts';
import { codecOf, decodeG711, type ReceivedPacket } from '@medlyssning/e2e/lib/rtp/index.ts';

/**
 * The first packet in which all the tones are heard at once. A packet is 20 ms, enough to tell tones apart that are
 * 200 Hz or more from each other; one that a tone fills by less than about a third does not count yet.
 */
export const bothHeard = (
  packets: readonly ReceivedPacket[],
  tones: readonly number[],
): ReceivedPacket | undefined =>
  packets.find(({ payloadType, payload }) => {
    const codec = codecOf(payloadType);
    if (codec === undefined) return false;
    const samples = decodeG711(codec, payload);
    return tones.every((hz) => goertzel(samples, hz) >= heardDb);
  });
