import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestText, responseText, sdp, token, withinDialog } from './testbed/raw-messages.ts';
import { allOf, header, isRequest, isResponse, requestUri } from './testbed/sip-text.ts';
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
const nilsNumber = '+46846500483';

describe('calls through kamailio.cfg', () => {
  let bed: PbxTestbed;
  let karin: Registered;
  let anna: Registered;
  let annaApp: Registered;
  let nils: Registered;

  beforeAll(async () => {
    bed = await startPbxTestbed({ mobilesRing: true });
    karin = await bed.register('karin-desk@acme.example', 'tcp');
    nils = await bed.register('nils-desk@beta.example', 'udp');
    anna = await bed.register('anna-desk@acme.example', 'udp');
    annaApp = await bed.register('anna-app@acme.example', 'tcp');
  }, 60_000);
  afterAll(() => bed?.stop());

  it.each([
    ['an extension', '401'],
    ['a national number', '0846500401'],
    ['a national number as people write it', '08-465.004.01'],
    ['an international number', '+46846500401'],
    ['an international number with 00', '0046846500401'],
    ['a SIM, which is the person too', '0701740611'],
    ['one device by its address', 'karin-desk'],
  ])('finds a colleague by %s, and names both people to the call engine', async (_, dialled) => {
    const callId = await bed.invite(anna, dialled);
    const dialog = await answer(callId, anna, karin);
    expect(await known(bed.ng, dialog)).toEqual({
      metadata: `domain:acme.example|caller:${annasNumber}|callee:${karinsNumber}`,
      caller: 'caller',
      callee: 'callee',
    });
    await hangUp('caller', dialog, anna, karin);
    expect((await bed.ng.list()).calls).not.toContain(callId);
  });

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

  it('rings all devices of a person; the first to answer has the call', async () => {
    const callId = await bed.invite(karin, '403');
    const onDesk = await anna.take(isRequest('INVITE', callId));
    anna.send(responseText(anna, onDesk, '180 Ringing'));
    const dialog = await answer(callId, karin, annaApp);
    await anna.take(isRequest('CANCEL', callId));
    await hangUp('caller', dialog, karin, annaApp);
  });

  it('rings the SIM through the mobile operator, where the call is still the person’s (R9)', async () => {
    const callId = await bed.invite(anna, '401');
    const dialog = await answer(callId, anna, bed.mobileOperator);
    expect(requestUri(dialog.invite)).toBe('sip:+46701740611@127.0.0.3');
    expect((await known(bed.ng, dialog)).metadata).toContain(`|callee:${karinsNumber}`);
    await hangUp('callee', dialog, bed.mobileOperator, anna);
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
    const cancel = { method: 'CANCEL', uri: 'sip:anna-desk@acme.example', from, to: '<sip:anna-desk@acme.example>' };
    const sent = /branch=z9hG4bK([^;]+)/.exec(via)?.[1] ?? '';
    karin.send(requestText(karin, { ...cancel, callId, cseq: 2, branch: sent }));
    anna.send(responseText(anna, await anna.take(isRequest('CANCEL', callId)), '200 OK'));
    anna.send(responseText(anna, invite, '487 Request Terminated'));
    await karin.take(isResponse(487, 'INVITE', callId));
    expect((await bed.ng.list()).calls).not.toContain(callId);
  });

  it('sends other numbers to the PSTN, in E.164', async () => {
    const callId = await bed.invite(karin, '0701740650');
    const dialog = await answer(callId, karin, bed.pstn);
    expect(requestUri(dialog.invite)).toBe('sip:+46701740650@127.0.0.2');
    expect((await known(bed.ng, dialog)).metadata).toBe(
      `domain:acme.example|caller:${karinsNumber}|callee:+46701740650`,
    );
    await hangUp('callee', dialog, bed.pstn, karin);
  });

  it('names both people of a call between two companies, and the company that was called', async () => {
    const callId = await bed.invite(karin, nilsNumber);
    const dialog = await answer(callId, karin, nils);
    expect((await known(bed.ng, dialog)).metadata).toBe(
      `domain:beta.example|caller:${karinsNumber}|callee:${nilsNumber}`,
    );
    await hangUp('caller', dialog, karin, nils);
  });

  it('gives an extension its meaning within the caller’s company', async () => {
    const callId = await bed.invite(nils, '403');
    const dialog = await answer(callId, nils, nils);
    expect((await known(bed.ng, dialog)).metadata).toContain(`|callee:${nilsNumber}`);
    await hangUp('caller', dialog, nils, nils);
  });

  it.each([
    ['4711', 404],
    ['nobody', 404],
  ])('answers %s with %i', async (dialled, status) => {
    await karin.take(isResponse(status, 'INVITE', await bed.invite(karin, dialled)));
  });

  it('passes a transfer: REFER within the call, then INVITE with Replaces to the device that Refer-To names', async () => {
    const dialog = await answer(await bed.invite(karin, 'anna-desk'), karin, anna);
    const head = withinDialog('callee', dialog);
    const referTo = `Refer-To: <sip:nils-desk@${nils.host}:${nils.port}?Replaces=x>`;
    anna.send(requestText(anna, { ...head, method: 'REFER', cseq: 1, headers: [...(head.headers ?? []), referTo] }));
    const refer = await karin.take(isRequest('REFER', head.callId));
    expect(header(refer, 'refer-to')).toContain('Replaces=x');
    karin.send(responseText(karin, refer, '202 Accepted'));
    await anna.take(isResponse(202, 'REFER', head.callId));

    const uri = `sip:anna-app@${annaApp.host}:${annaApp.port}`;
    const replaces = ['Replaces: call;to-tag=a;from-tag=b'];
    const callId = await bed.invite(karin, '', { uri, to: `<${uri}>`, headers: replaces });
    expect(header(await annaApp.take(isRequest('INVITE', callId)), 'replaces')).toBe('call;to-tag=a;from-tag=b');
    await hangUp('caller', dialog, karin, anna);
  });

  it('refuses a request that claims a dialog it is not in', async () => {
    const dialog = await answer(await bed.invite(karin, 'anna-desk'), karin, anna);
    const head = withinDialog('caller', dialog);
    const forged = { ...head, method: 'INVITE', cseq: 9, from: `<sip:x@acme.example>;tag=${token()}`, body: sdp(1) };
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
});
