import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestText, responseText, sdp, token } from './testbed/raw-messages.ts';
import { openTcpPhone, type RawPhone } from './testbed/raw-phone.ts';
import { isRequest, isResponse } from './testbed/sip-text.ts';
import {
  answer,
  hangUp,
  type PbxTestbed,
  type Registered,
  startPbxTestbed,
} from './testbed/start-pbx-testbed.ts';

const annasNumber = '+46846500403';

describe('the sidecar’s own requests through kamailio.cfg', () => {
  let bed: PbxTestbed;
  let karin: Registered;
  let anna: Registered;
  let annaApp: Registered;
  let internal: RawPhone;

  beforeAll(async () => {
    bed = await startPbxTestbed();
    karin = await bed.register('karin-desk@acme.example', 'udp');
    anna = await bed.register('anna-desk@acme.example', 'udp');
    annaApp = await bed.register('anna-app@acme.example', 'tcp');
    internal = await openTcpPhone(bed.pbx.internalPort);
  }, 60_000);
  afterAll(async () => {
    internal?.close();
    await bed?.stop();
  });

  const message = (to: string) => {
    const callId = token();
    const head = { method: 'MESSAGE', uri: `sip:${to}`, to: `<sip:${to}>`, callId, cseq: 1 };
    const from = `<sip:medlyssning@acme.example>;tag=${token()}`;
    internal.send(requestText(internal, { ...head, from, body: 'Karin Ek lyssnar på ditt samtal.' }));
    return callId;
  };

  it('tells a person on all devices', async () => {
    const callId = message(`${annasNumber}@acme.example`);
    for (const phone of [anna, annaApp]) {
      const told = await phone.take(isRequest('MESSAGE', callId));
      expect(told.body).toBe('Karin Ek lyssnar på ditt samtal.');
      phone.send(responseText(phone, told, '200 OK'));
    }
    await internal.take(isResponse(200, 'MESSAGE', callId));
  });

  it.each([
    ['nobody', '+46846500499@acme.example', 404],
    ['who has no phone registered', '+46846500483@beta.example', 480],
    ['what is no company', 'x@nowhere.example', 404],
  ])('is told when it writes to %s', async (_, to, status) => {
    await internal.take(isResponse(status, 'MESSAGE', message(to)));
  });

  it('calls one of a listener’s devices, media not anchored', async () => {
    const callId = token();
    const uri = 'sip:anna-app@acme.example';
    const head = { method: 'INVITE', uri, to: `<${uri}>`, callId, cseq: 1, body: sdp(40_000) };
    internal.send(requestText(internal, { ...head, from: `<sip:medlyssning@acme.example>;tag=${token()}` }));
    const dialog = await answer(callId, internal, annaApp);
    expect(dialog.invite.body).toContain('m=audio 40000 ');
    expect((await bed.ng.list()).calls).not.toContain(callId);
    await hangUp('callee', dialog, annaApp, internal);
  });

  it('alone may write: a phone may not', async () => {
    const head = {
      method: 'MESSAGE',
      uri: 'sip:anna-desk@acme.example',
      to: '<sip:anna-desk@acme.example>',
      cseq: 1,
    };
    const callId = token();
    karin.send(requestText(karin, { ...head, callId, from: `<sip:karin-desk@acme.example>;tag=${token()}` }));
    await karin.take(isResponse(405, 'MESSAGE', callId));
  });

  it('missing, there is no listening', async () => {
    bed.sidecar.close();
    await karin.take(isResponse(503, 'INVITE', await bed.invite(karin, '*28*403')), 6000);
  });
});
