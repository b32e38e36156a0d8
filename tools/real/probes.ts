import { createSocket } from 'node:dgram';

/** Whether something answers a SIP OPTIONS over UDP there, with whatever status: then its workers run. */
export function answersSip(host: string, port: number, withinMs = 500): Promise<boolean> {
  return asksByUdp(host, port, withinMs, (localPort) => options(host, port, localPort), 'SIP/2.0 ');
}

/** Whether an rtpengine answers an ng `ping` over UDP. Apart from the ng client, which is itself tested against such engines. */
export function answersNg(host: string, port: number, withinMs = 200): Promise<boolean> {
  return asksByUdp(host, port, withinMs, () => 'ready d7:command4:pinge', 'ready ');
}

function asksByUdp(
  host: string,
  port: number,
  withinMs: number,
  question: (localPort: number) => string,
  answerBegins: string,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    let open = true;
    const done = (answer: boolean) => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => done(false), withinMs);
    socket.on('message', (message) => message.toString('latin1').startsWith(answerBegins) && done(true));
    socket.on('error', () => done(false));
    socket.connect(port, host, () => socket.send(question(socket.address().port), () => undefined));
  });
}

function options(host: string, port: number, localPort: number): string {
  const id = `${localPort}-${Date.now()}`;
  return [
    `OPTIONS sip:${host}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${host}:${localPort};branch=z9hG4bK${id};rport`,
    'Max-Forwards: 1',
    `From: <sip:ready@${host}>;tag=${localPort}`,
    `To: <sip:${host}:${port}>`,
    `Call-ID: ${id}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}
