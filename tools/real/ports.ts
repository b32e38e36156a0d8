import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Ports for processes that run side by side, in this test process and in others at the same time.
 *
 * The range below the system's ephemeral ports is cut into blocks. A process claims a block by listening on its first port, so a
 * claim ends with its holder, however that ends, and two never hold the same block. Ports are given out of claimed blocks and never
 * twice, which also leaves what lingers in TIME_WAIT alone.
 */
const firstBlock = 11_000;
const blockSize = 1000;
const blockCount = 21;

interface Block {
  next: number;
  readonly end: number;
}

let current: Block | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** A range of ports, both ends included. */
export interface PortRange {
  readonly min: number;
  readonly max: number;
}

/** A port that is free for UDP and TCP now and that no other caller of this module is given. */
export function freePort(): Promise<number> {
  return inTurn(async () => {
    for (;;) {
      const port = await take(1);
      if ((await canListenTcp(port)) && (await canBindUdp(port))) return port;
    }
  });
}

/** A range that begins at an even port, all free for UDP now, for RTP and RTCP pairs. At most 900 ports. */
export function freePortRange(size: number): Promise<PortRange> {
  if (size > 900) throw new RangeError(`A range of ${size} ports was asked for, but at most 900 are given.`);
  return inTurn(async () => {
    for (;;) {
      const min = await take(size);
      const range = { min, max: min + size - 1 };
      if (await allBindable(range)) return range;
    }
  });
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = queue.then(work);
  queue = turn.catch(() => undefined);
  return turn;
}

/** Takes the next ports of the block, or of a new block, and returns the first of them. */
async function take(size: number): Promise<number> {
  if (current === undefined || current.next + size + 1 > current.end) current = await claimBlock();
  const first = size === 1 ? current.next : current.next + (current.next % 2);
  current.next = first + size;
  return first;
}

async function allBindable({ min, max }: PortRange): Promise<boolean> {
  for (let port = min; port <= max; port++) if (!(await canBindUdp(port))) return false;
  return true;
}

async function claimBlock(): Promise<Block> {
  const offset = process.pid % blockCount;
  for (let i = 0; i < blockCount; i++) {
    const first = firstBlock + ((offset + i) % blockCount) * blockSize;
    if (await holdTcp(first)) return { next: first + 2, end: first + blockSize };
  }
  throw new Error(
    `All ${blockCount} blocks of ports from ${firstBlock} on are in use by other test processes. Stop some of them and try again.`,
  );
}

function holdTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
}

function canListenTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function canBindUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '0.0.0.0', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
