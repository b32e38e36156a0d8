import type { IncomingInviteRequest, Session } from 'sip.js/lib/core/index.js';
import { afterEach, describe, expect, it } from 'vitest';
import { endSession } from './end-session.ts';
import { closeAll, endpoint, sdp, uriOf } from './endpoint-testbed.ts';
import { originOf } from './request-origin.ts';
import { header } from './safe-header.ts';

afterEach(closeAll);

describe('a call between two endpoints', () => {
  it('hands over the request-URI as dialled, answers, is re-invited and ends', async () => {
    const heard: string[] = [];
    const ended = Promise.withResolvers<string | undefined>();
    const server = await endpoint({
      delegate: {
        onInvite: (invite: IncomingInviteRequest) => {
          heard.push(originOf(invite.message).requestUri);
          invite.progress();
          const { session } = invite.accept({ statusCode: 200, body: sdp });
          session.delegate = {
            onInvite: (again) => {
              heard.push('re-INVITE');
              again.accept({ statusCode: 200, body: sdp });
            },
            onBye: (bye) => {
              bye.accept();
              ended.resolve(bye.message.getHeader('Reason'));
            },
          };
        },
      },
    });
    const client = await endpoint({ user: 'karin' });
    const session = await new Promise<Session>((resolve) => {
      client.invite(
        { to: uriOf(server, '*28*081234510'), body: sdp },
        {
          onProgress: ({ message }) => heard.push(`${message.statusCode}`),
          onAccept: (response) => {
            response.ack();
            resolve(response.session);
          },
        },
      );
    });
    expect((await client.reInvite(session, { body: sdp })).statusCode).toBe(200);
    expect(await endSession(session, [header('Reason', 'SIP;text="Revoked"')])).toBe(200);
    expect(await ended.promise).toBe('SIP;text="Revoked"');
    expect(heard).toEqual([uriOf(server, '*28*081234510'), '180', 're-INVITE']);
    expect([server.connections, client.connections]).toEqual([1, 1]);
  });

  it('says BYE from the called side as soon as the ACK has come', async () => {
    const status = Promise.withResolvers<number>();
    const server = await endpoint({
      delegate: {
        onInvite: (invite) => {
          const { session } = invite.accept({ statusCode: 200, body: sdp });
          endSession(session).then(status.resolve);
        },
      },
    });
    const client = await endpoint();
    client.invite({ to: uriOf(server, 'bo'), body: sdp }, { onAccept: (response) => void response.ack() });
    expect(await status.promise).toBe(200);
  });

  it('is cancelled while it rings', async () => {
    const cancelled = Promise.withResolvers<void>();
    const server = await endpoint({
      delegate: {
        onInvite: (invite) => {
          invite.delegate = {
            onCancel: () => {
              invite.reject({ statusCode: 487 });
              cancelled.resolve();
            },
          };
          invite.progress();
        },
      },
    });
    const client = await endpoint();
    const status = await new Promise((resolve) => {
      const invite = client.invite(
        { to: uriOf(server, 'bo'), body: sdp },
        { onProgress: () => invite.cancel(), onReject: ({ message }) => resolve(message.statusCode) },
      );
    });
    await cancelled.promise;
    expect(status).toBe(487);
  });
});

describe('requests outside a dialog', () => {
  it('brings a MESSAGE with its UTF-8 body', async () => {
    const bodies: string[] = [];
    const server = await endpoint({
      delegate: {
        onMessage: (request) => {
          bodies.push(request.message.body);
          request.accept();
        },
      },
    });
    const client = await endpoint();
    const body = { contentType: 'text/plain;charset=utf-8', content: 'Karin lyssnar på ditt samtal' };
    const response = await client.request('MESSAGE', { to: uriOf(server, 'anna'), body });
    expect([response.statusCode, bodies]).toEqual([200, ['Karin lyssnar på ditt samtal']]);
  });

  it('answers OPTIONS 200, or what it is told to while draining', async () => {
    const client = await endpoint();
    const ready = await endpoint();
    const draining = await endpoint({
      answerOptions: () => ({ statusCode: 503, extraHeaders: [header('Retry-After', '5')] }),
    });
    expect((await client.request('OPTIONS', { to: uriOf(ready, 'x') })).statusCode).toBe(200);
    const response = await client.request('OPTIONS', { to: uriOf(draining, 'x') });
    expect([response.statusCode, response.getHeader('Retry-After')]).toEqual([503, '5']);
  });

  it('goes to the outbound proxy whatever the request-URI names', async () => {
    const proxy = await endpoint();
    const client = await endpoint({ outboundProxy: proxy.addresses[0] ?? { host: '', port: 0 } });
    const response = await client.request('OPTIONS', { to: 'sip:anna@nowhere.invalid' });
    expect(response.statusCode).toBe(200);
  });

  it('is a 503 when nobody listens there', async () => {
    const client = await endpoint();
    expect((await client.request('OPTIONS', { to: 'sip:anna@127.0.0.1:1' })).statusCode).toBe(503);
  });

  it('rejects text that is no SIP URI', async () => {
    const client = await endpoint();
    await expect(client.request('OPTIONS', { to: 'sip:a\r\nX: y@h' })).rejects.toMatchObject({
      reason: 'SipUriInvalid',
    });
  });
});
