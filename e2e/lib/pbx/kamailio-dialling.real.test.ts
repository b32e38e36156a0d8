import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { responseText } from './testbed/raw-messages.ts';
import { isRequest, isResponse, requestUri } from './testbed/sip-text.ts';
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

describe('dialling through kamailio.cfg', () => {
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
});
