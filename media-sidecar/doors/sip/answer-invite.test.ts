import { endSession, header } from '@medlyssning/sip-tcp';
import type { IncomingResponseMessage, Session } from 'sip.js/lib/core/index.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ask, AskOutcome } from '../../listen/ask.ts';
import { mutePbx } from './mute-pbx.fixture.ts';
import { answer, joined, offer, openDoor, openPbx, stubListen } from './sip-door.fixture.ts';
import { sdpBody } from './tie.ts';

const allowed = 'INVITE, ACK, CANCEL, BYE, OPTIONS';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

const start = async (answers: (ask: Ask) => Promise<AskOutcome> | AskOutcome) => {
  const pbx = await openPbx();
  const made = await openDoor(answers, pbx.port);
  open.push(pbx.endpoint, made.door);
  return { ...made, pbx };
};

/** A listen that is up, with the PBX's session of it. */
const listening = async (listen = stubListen()) => {
  const made = await start(() => joined(listen));
  const { session } = await made.pbx.dial(made.door, offer).final;
  if (!session) throw new Error('the INVITE was refused');
  const reinvite = (sdp?: string, of: Session = session) =>
    made.pbx.endpoint.reInvite(
      of,
      sdp === undefined ? {} : { body: { contentType: 'application/sdp', content: sdp } },
    );
  return { ...made, listen, session, reinvite };
};

describe('an INVITE', () => {
  it('becomes an attempt: who asks, what was dialled, the offer', async () => {
    const { pbx, door, asked } = await start(() => joined(stubListen()));
    const { message } = await pbx.dial(door, offer, [
      header('P-Asserted-Identity', '"Karin" <sip:+46846500401@acme.example>'),
      header('X-Device', 'karin-desk'),
    ]).final;
    expect([message.statusCode, message.body]).toEqual([200, answer]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      question: {
        claim: {
          identities: ['sip:+46846500401@acme.example'],
          device: 'karin-desk',
          accessNetwork: undefined,
        },
      },
      media: { kind: 'phone', sdp: offer },
    });
    const question = asked[0]?.question;
    expect(question && 'dialled' in question && question.dialled('*28*')).toBe('0846500403');
  });

  it('is refused with the reason, in Warning and Reason', async () => {
    const { pbx, door } = await start(() => ({ kind: 'refused', reason: 'ProfileForbids', language: 'en' }));
    const { message } = await pbx.dial(door, offer).final;
    expect([message.statusCode, message.reasonPhrase, message.getHeader('reason')]).toEqual([
      403,
      'Forbidden',
      'SIP;cause=403;text="ProfileForbids"',
    ]);
    expect(message.getHeader('warning')).toMatch(/^399 medlyssning "ProfileForbids: /);
  });

  it('without an offer that can be answered is an attempt all the same, and is refused', async () => {
    const { pbx, door, asked } = await start(() => ({
      kind: 'refused',
      reason: 'MediaFailed',
      language: 'en',
    }));
    const statuses = [];
    for (const sdp of ['', `${offer}m=video 40002 RTP/AVP 96\r\n`]) {
      statuses.push((await pbx.dial(door, sdp).final).message.statusCode);
    }
    expect(statuses).toEqual([488, 488]);
    expect(asked.map(({ media }) => media)).toEqual([undefined, undefined]);
  });

  it('may be given up before the answer: what was begun is told, and nobody is left listening', async () => {
    const listen = stubListen();
    const answered = Promise.withResolvers<AskOutcome>();
    const { pbx, door, asked } = await start(() => answered.promise);
    const { invite, final } = pbx.dial(door, offer);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    invite.cancel();
    expect((await final).message.statusCode).toBe(487);
    expect(asked[0]?.signal.aborted).toBe(true);
    // it came as far as the join all the same
    answered.resolve(joined(listen));
    expect(await listen.ended).toBe('ListenerHungUp');
  });
});

describe('a listen that is up', () => {
  it('ends when the phone hangs up', async () => {
    const { listen, session } = await listening();
    expect(await endSession(session)).toBe(200);
    expect(await listen.ended).toBe('ListenerHungUp');
  });

  it('hangs the phone up when it ends, and says why', async () => {
    const { listen, pbx } = await listening();
    listen.end('TargetLeft');
    expect(await pbx.bye).toBe('SIP;cause=200;text="TargetLeft"');
  });

  it('takes a new offer; one it cannot take, or none, leaves all as it was', async () => {
    const { listen, reinvite } = await listening();
    const moved = await reinvite(offer.replace('40000', '40010'));
    expect([moved.statusCode, moved.body]).toEqual([
      200,
      answer.replace('30000', '30002').replace('1 1', '1 2'),
    ]);
    expect((await reinvite(`${offer}m=video 1 RTP/AVP 96\r\n`)).statusCode).toBe(488);
    listen.reoffer = () => Promise.reject(new Error('the engine is gone'));
    expect((await reinvite(offer)).statusCode).toBe(488);
    const asked = await reinvite();
    expect([asked.statusCode, asked.body]).toEqual([200, moved.body]);
    expect(listen.reoffers).toEqual([offer.replace('40000', '40010')]);
  });

  it('says in its answer to a new offer where it is reached, and is reached there', async () => {
    const { door, pbx, reinvite } = await listening();
    const answered = await reinvite(offer);
    expect([answered.getHeader('contact'), answered.getHeader('allow')]).toEqual([
      `<${door.contact}>`,
      allowed,
    ]);
    const to = String(answered.parseHeader('contact').uri);
    expect((await pbx.endpoint.request('OPTIONS', { to })).statusCode).toBe(200);
  });

  it('follows a phone that is reached elsewhere from now on (RFC 3261 §12.2.2)', async () => {
    const { listen, session, pbx } = await listening();
    const elsewhere = 'sip:karin@192.0.2.9:5099;transport=tcp';
    const status = await new Promise((resolve) => {
      session.invite(
        {
          onAccept: ({ ack, message }) => {
            ack();
            resolve(message.statusCode);
          },
        },
        { extraHeaders: [`Contact: <${elsewhere}>`], body: sdpBody(offer) },
      );
    });
    listen.end('Revoked');
    await pbx.bye;
    expect([status, pbx.byeTo()]).toEqual([200, elsewhere]);
  });

  it.each(['message', 'refer'] as const)(
    'has no use for a %s within its dialog, and says so',
    async (method) => {
      const { session } = await listening();
      const { message } = await new Promise<{ message: IncomingResponseMessage }>((resolve) => {
        session[method](
          { onAccept: resolve, onReject: resolve },
          { extraHeaders: ['Refer-To: <sip:bo@acme.example>'] },
        );
      });
      expect([message.statusCode, message.getHeader('allow')]).toEqual([405, allowed]);
    },
  );

  it('survives a phone that hangs up while its new offer is looked at', async () => {
    const { listen, session, reinvite, pbx, door } = await listening();
    const engine = Promise.withResolvers<string>();
    const looking = Promise.withResolvers<void>();
    listen.reoffer = () => {
      looking.resolve();
      return engine.promise;
    };
    void reinvite(offer).catch(() => {});
    await looking.promise;
    await endSession(session);
    expect(await listen.ended).toBe('ListenerHungUp');
    engine.resolve(answer);
    expect((await pbx.endpoint.request('OPTIONS', { to: pbx.uri(door, 'x') })).statusCode).toBe(200);
  });

  it('ends when the phone never confirms it: 32 s after the answer (RFC 3261 §13.3.1.4)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const listen = stubListen();
      const { door } = await start(() => joined(listen));
      await mutePbx(door.addresses[0]?.port ?? 0);
      await vi.advanceTimersByTimeAsync(32_000);
      expect(await listen.ended).toBe('ListenerHungUp');
    } finally {
      vi.useRealTimers();
    }
  });
});
