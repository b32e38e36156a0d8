import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Counts what arrives over UDP at a port that its phone has left. */
export const arrivesAt = async (address: string, port: number): Promise<() => number> => {
  let packets = 0;
  const socket = createSocket('udp4').on('message', () => {
    packets += 1;
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  return () => {
    socket.close();
    return packets;
  };
};
