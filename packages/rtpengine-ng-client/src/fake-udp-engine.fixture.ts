import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decodeMessage, encodeMessage, type NgMessage } from './ng-message.ts';

/** A UDP engine that does with the nth request (from 1) what the test says. */
export interface FakeUdpEngine extends AsyncDisposable {
  readonly url: string;
  readonly socket: Socket;
  readonly received: readonly NgMessage[];
}

export async function fakeUdpEngine(
  onRequest: (request: NgMessage, reply: (answer: Buffer) => void, nth: number, from: RemoteInfo) => void,
): Promise<FakeUdpEngine> {
  const socket = createSocket('udp4');
  const received: NgMessage[] = [];
  socket.on('message', (datagram, from) => {
    const request = decodeMessage(datagram);
    received.push(request);
    onRequest(request, (answer) => socket.send(answer, from.port, from.address), received.length, from);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    url: `udp:127.0.0.1:${(socket.address() as AddressInfo).port}`,
    socket,
    received,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

export function pong({ cookie }: NgMessage): Buffer {
  return encodeMessage(cookie, { result: 'pong' });
}
