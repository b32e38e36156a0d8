import type { RtpPacket } from './rtp-packet.ts';

/** An RTP packet as it came in. */
export interface ReceivedPacket extends RtpPacket {
  /** ms, on the clock of `performance.now()`. */
  readonly arrivedAt: number;
  /** `127.0.0.1:30000` */
  readonly source: string;
}

/** What became of one sender's packets, by sequence number (RFC 3550 appendix A.1). */
export interface StreamCount {
  readonly ssrc: number;
  readonly received: number;
  /** Numbers between the first and the highest that never came. */
  readonly lost: number;
  readonly duplicates: number;
  /** Longest time between two packets, ms. */
  readonly longestGapMs: number;
}

/** Counts each SSRC's packets, in the order in which the SSRCs appeared. */
export function countStreams(packets: readonly ReceivedPacket[]): readonly StreamCount[] {
  return [...Map.groupBy(packets, ({ ssrc }) => ssrc)].map(([ssrc, own]) => {
    const numbers = new Set(extendedSequences(own));
    const [lowest, highest] = [...numbers].reduce(
      ([low, high], number) => [Math.min(low, number), Math.max(high, number)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    const gaps = own.slice(1).map((packet, n) => packet.arrivedAt - (own[n]?.arrivedAt ?? packet.arrivedAt));
    return {
      ssrc,
      received: own.length,
      lost: highest - lowest + 1 - numbers.size,
      duplicates: own.length - numbers.size,
      longestGapMs: gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
    };
  });
}

/** Sequence numbers with their wraps at 65536 undone. */
function extendedSequences(packets: readonly ReceivedPacket[]): readonly number[] {
  let last: number | undefined;
  return packets.map(({ sequence }) => {
    last = last === undefined ? sequence : last + signed16(sequence - last);
    return last;
  });
}

/** The difference of two numbers modulo 65536, as the shorter way round. */
function signed16(difference: number): number {
  return ((difference & 0xffff) ^ 0x8000) - 0x8000;
}
