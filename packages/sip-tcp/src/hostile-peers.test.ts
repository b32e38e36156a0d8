import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, endpoint, raw, rawPeer, sdp, uriOf } from './endpoint-testbed.ts';
import type { SipProblem } from './problem.ts';

afterEach(closeAll);

describe('hostile peers', () => {
  it('closes at once on a peer that is not trusted', async () => {
    const server = await endpoint();
    const peer = await rawPeer(server, '127.0.0.2');
    await peer.closed;
    expect([server.rejectedPeers, server.connections]).toEqual([1, 0]);
  });

  it('answers over the connection the request came on, whatever Via claims', async () => {
    const server = await endpoint();
    const peer = await rawPeer(server);
    peer.socket.write(
      raw('OPTIONS', '', 'SIP/2.0/TCP 192.0.2.1:9;received=192.0.2.2;rport=1;branch=z9hG4bKr1'),
    );
    expect(await peer.answer()).toMatch(/^SIP\/2\.0 200 OK\r\nVia: .*;received=127\.0\.0\.1;rport=\d+\r\n/);
  });

  it.each([
    ['no Contact', raw('INVITE')],
    ['two Call-IDs', raw('OPTIONS', 'i: c2\r\n')],
    ['a CSeq of another method', raw('OPTIONS').replace('1 OPTIONS', '1 BYE')],
    ['a Via that cannot be parsed', raw('OPTIONS', '', 'bogus;branch=z9hG4bKr1')],
    ['no From tag', raw('OPTIONS').replace(';tag=1', '')],
    ['a line without a colon', raw('OPTIONS', 'bogus\r\n')],
  ])('answers 400 to %s and reads on', async (_what, bytes) => {
    const server = await endpoint();
    const peer = await rawPeer(server);
    peer.socket.write(bytes);
    expect(await peer.answer()).toMatch(/^SIP\/2\.0 400 /);
    peer.socket.write(raw('OPTIONS'));
    expect(await peer.answer()).toMatch(/^SIP\/2\.0 200 /);
  });

  it('closes on a stream that is no SIP, and says why', async () => {
    const problems: SipProblem[] = [];
    const server = await endpoint({ onProblem: (problem) => problems.push(problem) });
    const peer = await rawPeer(server);
    peer.socket.write('GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n');
    await peer.closed;
    expect(problems).toEqual([{ kind: 'streamMalformed', address: '127.0.0.1', reason: 'NotSip' }]);
  });

  it('closes on a message that never becomes whole, and on a connection nobody uses', async () => {
    const problems: SipProblem[] = [];
    const onProblem = (problem: SipProblem) => problems.push(problem);
    const server = await endpoint({ limits: { messageMs: 40, idleMs: 120 }, onProblem });
    const [slow, idle] = [await rawPeer(server), await rawPeer(server)];
    slow.socket.write('OPTIONS ');
    await Promise.all([slow.closed, idle.closed]);
    const reasons = problems.map((problem) => problem.kind === 'connectionLimit' && problem.reason);
    expect(reasons).toEqual(['Stalled', 'Idle']);
  });

  it('turns further connections away at the limit', async () => {
    const problems: SipProblem[] = [];
    const server = await endpoint({
      limits: { maxConnections: 1 },
      onProblem: (problem) => problems.push(problem),
    });
    const first = await rawPeer(server);
    first.socket.write('\r\n\r\n');
    expect(await first.answer()).toBe('\r\n');
    const second = await rawPeer(server);
    await second.closed;
    expect(problems.map(({ kind }) => kind)).toEqual(['tooManyConnections']);
  });

  it('answers 500 when the delegate throws, and goes on', async () => {
    const problems: SipProblem[] = [];
    const server = await endpoint({
      onProblem: (problem) => problems.push(problem),
      delegate: {
        onInvite: () => {
          throw new Error('broken');
        },
      },
    });
    const client = await endpoint();
    const status = await new Promise((resolve) => {
      client.invite(
        { to: uriOf(server, 'bo'), body: sdp },
        { onReject: ({ message }) => resolve(message.statusCode) },
      );
    });
    expect([status, problems.map(({ kind }) => kind)]).toEqual([500, ['handlerFailed']]);
  });
});
