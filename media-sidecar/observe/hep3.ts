/** One packet of HEP3, the capture protocol of Homer: an ng message as it went over the wire. */
export interface HepPacket {
  /** `address port` of the sender. */
  readonly source: string;
  readonly destination: string;
  /** When it was captured, ms since the epoch. */
  readonly at: number;
  /** What was captured; rtpengine says 61 of ng messages. */
  readonly protocol: number;
  readonly payload: Buffer;
}

export const hepMagic = 0x48455033;
/** Magic and total length. */
export const hepHeaderBytes = 6;

const chunkHeaderBytes = 6;
const genericVendor = 0;
/** Chunk types of HEP3 (github.com/sipcapture/HEP, table of generic chunks) that we read, and their sizes in bytes. */
const chunk = {
  sourceV4: 3,
  destinationV4: 4,
  sourceV6: 5,
  destinationV6: 6,
  sourcePort: 7,
  destinationPort: 8,
  seconds: 9,
  microseconds: 10,
  protocol: 11,
  payload: 15,
} as const;
const sizes = new Map<number, number>([
  [chunk.sourceV4, 4],
  [chunk.destinationV4, 4],
  [chunk.sourceV6, 16],
  [chunk.destinationV6, 16],
  [chunk.sourcePort, 2],
  [chunk.destinationPort, 2],
  [chunk.seconds, 4],
  [chunk.microseconds, 4],
  [chunk.protocol, 1],
]);

/** The chunks by type; `undefined` where one is cut short, has the wrong size or comes twice. */
const chunksOf = (packet: Buffer): Map<number, Buffer> | undefined => {
  const chunks = new Map<number, Buffer>();
  let at = hepHeaderBytes;
  while (at < packet.length) {
    if (packet.length - at < chunkHeaderBytes) return undefined;
    const vendor = packet.readUInt16BE(at);
    const type = packet.readUInt16BE(at + 2);
    const length = packet.readUInt16BE(at + 4);
    if (length < chunkHeaderBytes || at + length > packet.length) return undefined;
    if (vendor === genericVendor) {
      const size = sizes.get(type);
      if (chunks.has(type) || (size !== undefined && length - chunkHeaderBytes !== size)) return undefined;
      chunks.set(type, packet.subarray(at + chunkHeaderBytes, at + length));
    }
    at += length;
  }
  return chunks;
};

const endpoint = (v4: Buffer | undefined, v6: Buffer | undefined, port: Buffer): string | undefined => {
  const address = v4 ?? v6;
  return address && `${address.toString('hex')} ${port.readUInt16BE(0)}`;
};

/** Reads one whole packet. Hostile bytes give `undefined`, never an exception. */
export const parseHep3 = (packet: Buffer): HepPacket | undefined => {
  if (packet.length < hepHeaderBytes || packet.readUInt32BE(0) !== hepMagic) return undefined;
  if (packet.readUInt16BE(4) !== packet.length) return undefined;
  const chunks = chunksOf(packet);
  const sourcePort = chunks?.get(chunk.sourcePort);
  const destinationPort = chunks?.get(chunk.destinationPort);
  const seconds = chunks?.get(chunk.seconds);
  const protocol = chunks?.get(chunk.protocol);
  const payload = chunks?.get(chunk.payload);
  if (!chunks || !sourcePort || !destinationPort || !seconds || !protocol || !payload) return undefined;
  const source = endpoint(chunks.get(chunk.sourceV4), chunks.get(chunk.sourceV6), sourcePort);
  const destination = endpoint(
    chunks.get(chunk.destinationV4),
    chunks.get(chunk.destinationV6),
    destinationPort,
  );
  if (!source || !destination) return undefined;
  const microseconds = chunks.get(chunk.microseconds)?.readUInt32BE(0) ?? 0;
  const at = seconds.readUInt32BE(0) * 1000 + microseconds / 1000;
  return { source, destination, at, protocol: protocol.readUInt8(0), payload };
};
