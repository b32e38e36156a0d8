/** The parts of an RTP packet (RFC 3550 §5.1) that matter here. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, in samples. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/** Reads a datagram; undefined when it is no RTP: too short, another version, or RTCP (RFC 5761 §4). */
export function readRtp(datagram: Uint8Array): RtpPacket | undefined {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const first = bytes[0] ?? 0;
  const second = bytes[1] ?? 0;
  if (bytes.length < 12 || first >> 6 !== 2 || (second >= 192 && second <= 223)) return undefined;
  const contributors = 12 + (first & 0x0f) * 4;
  const hasExtension = (first & 0x10) !== 0 && bytes.length >= contributors + 4;
  const start = hasExtension ? contributors + 4 + bytes.readUInt16BE(contributors + 2) * 4 : contributors;
  const padding = (first & 0x20) !== 0 ? (bytes[bytes.length - 1] ?? 0) : 0;
  if (start > bytes.length - padding) return undefined;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, bytes.length - padding),
  };
}

/** Writes a packet without contributors, extension or padding. */
export function writeRtp(packet: RtpPacket): Uint8Array {
  const bytes = Buffer.alloc(12 + packet.payload.length);
  bytes[0] = 0x80;
  bytes[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2);
  bytes.writeUInt32BE(packet.timestamp >>> 0, 4);
  bytes.writeUInt32BE(packet.ssrc >>> 0, 8);
  bytes.set(packet.payload, 12);
  return bytes;
}
