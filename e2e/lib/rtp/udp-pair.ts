import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** An even port for RTP and the odd one above it for RTCP (RFC 3550 §11), so that no RTCP lands in another's RTP. */
export interface UdpPair {
  readonly rtp: Socket;
  readonly rtcp: Socket;
  readonly port: number;
}

const attempts = 100;

/** Binds a pair of free ports. @throws when the host's ports are all but taken. */
export async function bindUdpPair(host: string): Promise<UdpPair> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rtp = await bind(host, 0);
    const port = rtp?.address().port ?? 0;
    const rtcp = rtp !== undefined && port % 2 === 0 ? await bind(host, port + 1) : undefined;
    if (rtp !== undefined && rtcp !== undefined) return { rtp, rtcp, port };
    rtp?.close();
  }
  throw new Error(`No free pair of UDP ports was found on ${host} in ${attempts} attempts.`);
}

async function bind(host: string, port: number): Promise<Socket | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, host);
    await once(socket, 'listening');
    return socket;
  } catch {
    socket.close();
    return undefined;
  }
}
