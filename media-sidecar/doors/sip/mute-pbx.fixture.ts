import { once } from 'node:events';
import { connect } from 'node:net';
import { offer } from './sip-door.fixture.ts';

/** Sends an INVITE and never confirms the answer. Resolves when the 200 has come. */
export const mutePbx = async (port: number): Promise<void> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    [
      'INVITE sip:*28*0846500403@acme.example SIP/2.0',
      'Via: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKmute',
      'From: <sip:karin-desk@acme.example>;tag=1',
      'To: <sip:*28*0846500403@acme.example>',
      'Call-ID: mute',
      'CSeq: 1 INVITE',
      'Contact: <sip:karin-desk@127.0.0.1:9>',
      'Content-Type: application/sdp',
      `Content-Length: ${offer.length}`,
      '',
      offer,
    ].join('\r\n'),
  );
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes('SIP/2.0 200 ')) break;
  }
  socket.on('error', () => {});
  socket.resume();
};
