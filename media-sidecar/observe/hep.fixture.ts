/** A HEP3 packet as rtpengine writes it, for tests and benchmarks: the same chunks in the same order. */
export interface HepFixture {
  readonly from: number;
  readonly to: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly payload: Buffer | string;
}

const chunk = (type: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE((6 + body.length) % 0x1_0000, 4);
  return Buffer.concat([head, body]);
};
const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const u32 = (n: number) => {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n);
  return b;
};

export const hepPacket = ({ from, to, at, payload }: HepFixture): Buffer => {
  const chunks = Buffer.concat([
    chunk(1, Buffer.from([2])),
    chunk(2, Buffer.from([17])),
    chunk(7, u16(from)),
    chunk(8, u16(to)),
    chunk(9, u32(Math.floor(at / 1000))),
    chunk(10, u32(Math.round((at % 1000) * 1000))),
    chunk(11, Buffer.from([61])),
    chunk(12, u32(1)),
    chunk(3, Buffer.from([127, 0, 0, 1])),
    chunk(4, Buffer.from([127, 0, 0, 1])),
    chunk(15, Buffer.from(payload)),
  ]);
  const head = Buffer.from('HEP3\0\0', 'latin1');
  head.writeUInt16BE((6 + chunks.length) % 0x1_0000, 4);
  return Buffer.concat([head, chunks]);
};
