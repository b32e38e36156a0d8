import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requestText, responseText, sdp, token, withinDialog } from './testbed/raw-messages.ts';
import { allOf, header, isRequest, isResponse } from './testbed/sip-text.ts';
import {
  answer,
  hangUp,
  known,
  type PbxTestbed,
  type Registered,
  startPbxTestbed,
} from './testbed/start-pbx-testbed.ts';

const annasNumber = '+46846500403';
const karinsNumber = '+46846500401';

describe('calls through kamailio.cfg', () => {
  let bed: PbxTestbed;
  let karin: Registered;
  let anna: Registered;
  let annaApp: Registered;
  let nils: Registered;

  beforeAll(async () => {
    bed = await startPbxTestbed();
    karin = await bed.register('karin-desk@acme.example', 'tcp');
    nils = await bed.register('nils-desk@beta.example', 'udp');
    anna = await bed.register('anna-desk@acme.example', 'udp');
    annaApp = await bed.register('anna-app@acme.example', 'tcp');
  }, 60_000);
  afterAll(() => bed?.stop());

  it('anchors the media of both sides', async () => {
    const callId = await bed.invite(karin, '403');
    const dialog = await answer(callId, karin, anna);
    const { min, max } = bed.engine.ports.rtp;
    for (const { body } of [dialog.invite, dialog.ok]) {
      const port = Number(/m=audio (\d+)/.exec(body)?.[1]);
      expect(port).toBeGreaterThanOrEqual(min);
      expect(port).toBeLessThanOrEqual(max);
    }
    await hangUp('callee', dialog, anna, karin);
  });

  it('keeps the labels when the callee holds and resumes', async () => {
    const dialog = await answer(await bed.invite(karin, '403'), karin, anna);
    const before = await known(bed.ng, dialog);
    for (const [cseq, direction, back] of [
      [1, 'sendonly', 'recvonly'],
      [2, 'sendrecv', 'sendrecv'],
    ] as const) {
      const head = withinDialog('callee', dialog);
      anna.send(requestText(anna, { ...head, method: 'INVITE', cseq, body: sdp(40_002, direction) }));
      const reInvite = await karin.take(isRequest('INVITE', head.callId));
      karin.send(responseText(karin, reInvite, '200 OK', { body: sdp(40_000, back) }));
      await anna.take(isResponse(200, 'INVITE', head.callId));
      anna.send(requestText(anna, { ...head, method: 'ACK', cseq }));
      await karin.take(isRequest('ACK', head.callId));
      expect(await known(bed.ng, dialog)).toEqual(before);
    }
    await hangUp('caller', dialog, karin, anna);
  });

  it('keeps the call when a re-INVITE is refused', async () => {
    const dialog = await answer(await bed.invite(karin, '403'), karin, anna);
    const head = withinDialog('caller', dialog);
    karin.send(requestText(karin, { ...head, method: 'INVITE', cseq: 50, body: sdp(40_000) }));
    const reInvite = await anna.take(isRequest('INVITE', head.callId));
    anna.send(responseText(anna, reInvite, '488 Not Acceptable Here'));
    await karin.take(isResponse(488, 'INVITE', head.callId));
    expect((await bed.ng.list()).calls).toContain(head.callId);
    await hangUp('caller', dialog, karin, anna);
  });

  it('labels by who sends, also when the offer comes with the answer (INVITE without SDP)', async () => {
    const callId = await bed.invite(karin, '403', { body: '' });
    const invite = await anna.take(isRequest('INVITE', callId));
    anna.send(responseText(anna, invite, '200 OK', { body: sdp(40_002) }));
    const ok = await karin.take(isResponse(200, 'INVITE', callId));
    const dialog = { invite, ok };
    const head = withinDialog('caller', dialog);
    karin.send(requestText(karin, { ...head, method: 'ACK', cseq: 2, body: sdp(40_000) }));
    await anna.take(isRequest('ACK', callId));
    expect(await known(bed.ng, dialog)).toEqual({
      metadata: `domain:acme.example|caller:${karinsNumber}|callee:${annasNumber}`,
      caller: 'caller',
      callee: 'callee',
    });
    await hangUp('caller', dialog, karin, anna);
  });

  it('deletes the media of a call that is refused', async () => {
    const callId = await bed.invite(karin, 'anna-desk');
    anna.send(responseText(anna, await anna.take(isRequest('INVITE', callId)), '486 Busy Here'));
    await karin.take(isResponse(486, 'INVITE', callId));
    expect((await bed.ng.list()).calls).not.toContain(callId);
  });

  it('deletes the media of a call that is cancelled', async () => {
    const [branch, from] = [token(), `<sip:${karin.address}>;tag=${token()}`];
    const callId = await bed.invite(karin, 'anna-desk', { from });
    const invite = await anna.take(isRequest('INVITE', callId));
    anna.send(responseText(anna, invite, '180 Ringing'));
    await karin.take(isResponse(180, 'INVITE', callId));
    const via = allOf(invite, 'via').at(-1) ?? branch;
    const cancel = {
      method: 'CANCEL',
      uri: 'sip:anna-desk@acme.example',
      from,
      to: '<sip:anna-desk@acme.example>',
    };
    const sent = /branch=z9hG4bK([^;]+)/.exec(via)?.[1] ?? '';
    karin.send(requestText(karin, { ...cancel, callId, cseq: 2, branch: sent }));
    anna.send(responseText(anna, await anna.take(isRequest('CANCEL', callId)), '200 OK'));
    anna.send(responseText(anna, invite, '487 Request Terminated'));
    await karin.take(isResponse(487, 'INVITE', callId));
    expect((await bed.ng.list()).calls).not.toContain(callId);
  });

  it('passes a transfer: REFER within the call, then INVITE with Replaces to the device that Refer-To names', async () => {
    const dialog = await answer(await bed.invite(karin, 'anna-desk'), karin, anna);
    const head = withinDialog('callee', dialog);
    const referTo = `Refer-To: <sip:nils-desk@${nils.host}:${nils.port}?Replaces=x>`;
    anna.send(
      requestText(anna, { ...head, method: 'REFER', cseq: 1, headers: [...(head.headers ?? []), referTo] }),
    );
    const refer = await karin.take(isRequest('REFER', head.callId));
    expect(header(refer, 'refer-to')).toContain('Replaces=x');
    karin.send(responseText(karin, refer, '202 Accepted'));
    await anna.take(isResponse(202, 'REFER', head.callId));

    const uri = `sip:anna-app@${annaApp.host}:${annaApp.port}`;
    const replaces = ['Replaces: call;to-tag=a;from-tag=b'];
    const callId = await bed.invite(karin, '', { uri, to: `<${uri}>`, headers: replaces });
    expect(header(await annaApp.take(isRequest('INVITE', callId)), 'replaces')).toBe(
      'call;to-tag=a;from-tag=b',
    );
    await hangUp('caller', dialog, karin, anna);
  });

  it('refuses a request that claims a dialog it is not in', async () => {
    const dialog = await answer(await bed.invite(karin, 'anna-desk'), karin, anna);
    const head = withinDialog('caller', dialog);
    const forged = {
      ...head,
      method: 'INVITE',
      cseq: 9,
      from: `<sip:x@acme.example>;tag=${token()}`,
      body: sdp(1),
    };
    nils.send(requestText(nils, forged));
    await nils.take(isResponse(403, 'INVITE', head.callId));
    expect(anna.received.filter(isRequest('INVITE', head.callId))).toHaveLength(1);
    await hangUp('caller', dialog, karin, anna);
  });

  it('goes on without the call engine (calls fail open)', async () => {
    await bed.engine.kill();
    const began = performance.now();
    const callId = await bed.invite(karin, 'anna-desk');
    const dialog = await answer(callId, karin, anna);
    expect(dialog.invite.body).toContain('m=audio 40000 ');
    expect(performance.now() - began).toBeLessThan(2000);
    await hangUp('caller', dialog, karin, anna);
    await bed.engine.restart();
  });

  it('tells a restarted call engine who is in the call, with the next re-INVITE', async () => {
    const dialog = await answer(await bed.invite(karin, '403'), karin, anna);
    const head = withinDialog('callee', dialog);
    await bed.engine.restart();
    let cseq = 0;
    await vi.waitFor(async () => {
      cseq++;
      anna.send(requestText(anna, { ...head, method: 'INVITE', cseq, body: sdp(40_002) }));
      const reInvite = await karin.take(isRequest('INVITE', head.callId));
      karin.send(responseText(karin, reInvite, '200 OK', { body: sdp(40_000) }));
      await anna.take(isResponse(200, 'INVITE', head.callId));
      anna.send(requestText(anna, { ...head, method: 'ACK', cseq }));
      await karin.take(isRequest('ACK', head.callId));
      // Kamailio finds the engine again within a second.
      expect(await known(bed.ng, dialog)).toEqual({
        metadata: `domain:acme.example|caller:${karinsNumber}|callee:${annasNumber}`,
        caller: 'caller',
        callee: 'callee',
      });
    }, 4000);
    await hangUp('callee', dialog, anna, karin);
  });
});
