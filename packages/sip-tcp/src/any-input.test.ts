import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { endSession } from './end-session.ts';
import type { SipEndpointOptions } from './endpoint-options.ts';
import { closeAll, endpoint, sdp, uriOf } from './endpoint-testbed.ts';

afterEach(closeAll);

/** An endpoint that takes every call and ends it. */
function takesCalls() {
  const delegate: SipEndpointOptions['delegate'] = {
    onInvite: (invite) => void endSession(invite.accept({ statusCode: 200, body: sdp }).session),
  };
  return endpoint({ delegate });
}

function invite(port: number, viaPort = port): string {
  return [
    `INVITE sip:*28*081234510@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/TCP 127.0.0.1:${viaPort};branch=z9hG4bK${Math.random()}`,
    'From: "Karin" <sip:karin@acme.example>;tag=1',
    'To: <sip:*28*081234510@acme.example>',
    `Call-ID: ${Math.random()}`,
    'CSeq: 1 INVITE',
    'Contact: <sip:karin@127.0.0.1:9>',
    'Record-Route: <sip:127.0.0.1:9;lr>',
    'Content-Type: application/sdp',
    'Content-Length: 5',
    '',
    'v=0\r\n',
  ].join('\r\n');
}

describe('whatever a trusted peer sends', () => {
  it('the endpoint lives on', async () => {
    const server = await takesCalls();
    const port = server.addresses[0]?.port ?? 0;
    const change = fc.record({
      at: fc.nat(420),
      remove: fc.nat(30),
      insert: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom('%zz', '\r\n', '*', '<>', ',', '"'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const text = changes.reduce(
          (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
          invite(port),
        );
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => {});
        socket.resume();
        socket.end(text);
        await once(socket, 'close');
      }),
      { numRuns: 150 },
    );
    const response = await server.request('OPTIONS', { to: uriOf(server, 'x') });
    expect(response.statusCode).toBe(200);
  });
});

it('answers over a new connection to the Via’s port when the first is gone', async () => {
  const server = await takesCalls();
  const port = server.addresses[0]?.port ?? 0;
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const bound = listener.address();
  const answered = new Promise<string>((resolve) => {
    listener.once('connection', (socket) => socket.once('data', (data) => resolve(data.toString())));
  });
  const socket = connect(port, '127.0.0.1');
  socket.write(invite(port, typeof bound === 'object' ? (bound?.port ?? 0) : 0), () =>
    socket.resetAndDestroy(),
  );
  expect(await answered).toMatch(/^SIP\/2\.0 (?:100|200) /);
  listener.close();
});
