import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestText, responseText, sdp, token } from './testbed/raw-messages.ts';
import { openTcpPhone, openUdpPhone, type RawPhone } from './testbed/raw-phone.ts';
import { allOf, header, isRequest, isResponse, requestUri, type SipText } from './testbed/sip-text.ts';
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
const karinsSim = '+46701740611';
const panI = 'P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=2400701';

describe('whom kamailio.cfg believes', () => {
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

  const fromTrunk = (trunk: RawPhone, dialled: string, from: string, headers: readonly string[] = []): string => {
    const callId = token();
    const [uri, body] = [`sip:${dialled}@127.0.0.1`, sdp(40_004)];
    const head = { method: 'INVITE', uri, to: `<${uri}>`, callId, cseq: 1, body, headers };
    trunk.send(requestText(trunk, { ...head, from: `<sip:${from}@${trunk.host}>;tag=${token()}` }));
    return callId;
  };

  const identity = (message: SipText) => ({
    asserted: allOf(message, 'p-asserted-identity'),
    device: allOf(message, 'x-device'),
    network: allOf(message, 'p-access-network-info'),
    preferred: [...allOf(message, 'p-preferred-identity'), ...allOf(message, 'remote-party-id')],
    privacy: allOf(message, 'privacy'),
  });

  describe('the feature code', () => {
    it('reaches the sidecar over TCP with the person’s number and the device, its media not anchored', async () => {
      const callId = await bed.invite(karin, '*28*0846500403');
      const dialog = await answer(callId, karin, bed.sidecar);
      expect(requestUri(dialog.invite)).toBe('sip:*28*0846500403@acme.example');
      expect(identity(dialog.invite)).toEqual({
        asserted: [`<sip:${karinsNumber}@acme.example>`],
        device: ['karin-desk'],
        network: [],
        preferred: [],
        privacy: [],
      });
      expect(dialog.invite.body).toContain('m=audio 40000 ');
      expect(dialog.ok.body).toContain('m=audio 40002 ');
      expect((await bed.ng.list()).calls).not.toContain(callId);
      await hangUp('callee', dialog, bed.sidecar, karin);
    });

    it('hears the listener hang up', async () => {
      const dialog = await answer(await bed.invite(karin, '*28*403'), karin, bed.sidecar);
      await hangUp('caller', dialog, karin, bed.sidecar);
    });

    it.each([
      ['as written', (name: string, value: string) => `${name}: ${value}`],
      ['in other case', (name: string, value: string) => `${name.toUpperCase()}: ${value}`],
      ['with a space before the colon', (name: string, value: string) => `${name} : ${value}`],
      ['with a tab before the colon', (name: string, value: string) => `${name}\t: ${value}`],
      ['folded', (name: string, value: string) => `${name}:\r\n ${value}`],
      ['twice', (name: string, value: string) => `${name}: ${value}\r\n${name}: ${value}`],
    ])('takes away what a phone says of itself, %s', async (_, line) => {
      const headers = [
        line('P-Asserted-Identity', `<sip:${annasNumber}@acme.example>`),
        line('P-Preferred-Identity', `<sip:${annasNumber}@acme.example>`),
        line('Remote-Party-ID', `<sip:${annasNumber}@acme.example>`),
        line('X-Device', 'anna-desk'),
        line('P-Access-Network-Info', '3GPP-E-UTRAN-FDD'),
        line('P-Charging-Vector', 'icid-value=1'),
        line('Privacy', 'id'),
      ];
      const callId = await bed.invite(karin, '*28*403', { headers });
      const invite = await bed.sidecar.take(isRequest('INVITE', callId));
      expect(identity(invite)).toEqual({
        asserted: [`<sip:${karinsNumber}@acme.example>`],
        device: ['karin-desk'],
        network: [],
        preferred: [],
        privacy: [],
      });
      expect(allOf(invite, 'p-charging-vector')).toEqual([]);
      bed.sidecar.send(responseText(bed.sidecar, invite, '403 Forbidden'));
      await karin.take(isResponse(403, 'INVITE', callId));
    });

    it('keeps to the caller’s company whatever domain was dialled', async () => {
      const callId = await bed.invite(karin, '*28*403', { uri: 'sip:*28*403@beta.example' });
      const invite = await bed.sidecar.take(isRequest('INVITE', callId));
      expect(requestUri(invite)).toBe('sip:*28*403@acme.example');
      bed.sidecar.send(responseText(bed.sidecar, invite, '404 Not Found'));
      await karin.take(isResponse(404, 'INVITE', callId));
    });

    it('passes the sidecar’s refusal with its reason', async () => {
      const callId = await bed.invite(karin, '*28*403');
      const invite = await bed.sidecar.take(isRequest('INVITE', callId));
      const headers = ['Retry-After: 5', 'Warning: 399 media-1 "Draining"', 'Reason: X;text="Draining"'];
      bed.sidecar.send(responseText(bed.sidecar, invite, '503 Service Unavailable', { headers }));
      const refusal = await karin.take(isResponse(503, 'INVITE', callId));
      expect([header(refusal, 'retry-after'), header(refusal, 'warning'), header(refusal, 'reason')]).toEqual([
        '5',
        '399 media-1 "Draining"',
        'X;text="Draining"',
      ]);
    });

    it('is for authenticated phones only: another’s account, or a wrong password, is challenged again', async () => {
      const stranger = await openUdpPhone(bed.pbx.publicPort);
      const head = { method: 'INVITE', uri: 'sip:*28*403@acme.example', to: '<sip:*28*403@acme.example>', cseq: 1 };
      const callId = token();
      stranger.send(requestText(stranger, { ...head, callId, from: `<sip:karin-desk@acme.example>;tag=${token()}` }));
      await stranger.take(isResponse(407, 'INVITE', callId));
      // Karin's password, Anna's name.
      const from = `<sip:anna-desk@acme.example>;tag=${token()}`;
      await karin.take(isResponse(407, 'INVITE', await bed.invite(karin, '*28*403', { from })));
      expect(bed.sidecar.received.filter(isRequest('INVITE', callId))).toEqual([]);
      stranger.close();
    });
  });

  describe('the mobile operator', () => {
    it('is believed about its SIMs, and the sidecar is told the network', async () => {
      const asserted = `<tel:${karinsSim}>`;
      const headers = [`P-Asserted-Identity: ${asserted}`, panI, 'X-Device: karin-desk'];
      const callId = fromTrunk(bed.mobileOperator, '*28*0846500403', karinsSim, headers);
      const dialog = await answer(callId, bed.mobileOperator, bed.sidecar);
      expect(requestUri(dialog.invite)).toBe('sip:*28*0846500403@acme.example');
      expect(identity(dialog.invite)).toMatchObject({
        asserted: [asserted],
        device: [],
        network: ['3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=2400701'],
      });
      await hangUp('caller', dialog, bed.mobileOperator, bed.sidecar);
    });

    it('carries calls of our people, which are the person’s (R9); the cell is told to nobody', async () => {
      const headers = [`P-Asserted-Identity: <sip:${karinsSim}@operator.example>`, panI];
      const callId = fromTrunk(bed.mobileOperator, '403', 'anonymous', headers);
      const dialog = await answer(callId, bed.mobileOperator, anna);
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:${karinsNumber}|callee:${annasNumber}`,
      );
      expect(identity(dialog.invite).network).toEqual([]);
      await hangUp('caller', dialog, bed.mobileOperator, anna);
    });

    it('takes our people out to the PSTN, and nobody else', async () => {
      const ours = [`P-Asserted-Identity: <tel:${karinsSim}>`];
      const callId = fromTrunk(bed.mobileOperator, '0701740650', karinsSim, ours);
      const dialog = await answer(callId, bed.mobileOperator, bed.pstn);
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:${karinsNumber}|callee:+46701740650`,
      );
      await hangUp('callee', dialog, bed.pstn, bed.mobileOperator);

      const others = ['P-Asserted-Identity: <tel:+46701740699>'];
      const refused = fromTrunk(bed.mobileOperator, '0701740650', '+46701740699', others);
      await bed.mobileOperator.take(isResponse(404, 'INVITE', refused));
    });
  });

  describe('the PSTN', () => {
    it('is believed about numbers that are not ours', async () => {
      const asserted = ['P-Asserted-Identity: <sip:0701740650@carrier.example>', panI];
      const dialog = await answer(fromTrunk(bed.pstn, annasNumber, '0701740650', asserted), bed.pstn, anna);
      expect(identity(dialog.invite)).toMatchObject({
        asserted: ['<sip:+46701740650@127.0.0.2>'],
        network: [],
      });
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:+46701740650|callee:${annasNumber}`,
      );
      await hangUp('caller', dialog, bed.pstn, anna);
    });

    it.each([
      ['international', `<sip:${karinsNumber}@carrier.example>`],
      ['national', '<sip:0846500401@carrier.example>'],
      ['as a tel URI', `<tel:${karinsNumber}>`],
      ['by its SIM', `<tel:${karinsSim}>`],
      ['without plus', '<sip:46846500401@carrier.example>'],
      ['second in the list', `<sip:+46701740650@carrier.example>, <tel:${karinsNumber}>`],
      ['as an extension', '<sip:401@acme.example>'],
      ['as an account', '<sip:karin-desk@acme.example>'],
    ])('never becomes one of our people, whatever it claims: %s', async (_, claim) => {
      const callId = fromTrunk(bed.pstn, annasNumber, karinsNumber, [`P-Asserted-Identity: ${claim}`]);
      const dialog = await answer(callId, bed.pstn, anna);
      expect(identity(dialog.invite).asserted.join()).not.toMatch(/46500401|1740611|karin|<sip:\+?401@/);
      expect((await known(bed.ng, dialog)).metadata).not.toMatch(/46500401|1740611|karin|caller:\+?401\|/);
      await hangUp('caller', dialog, bed.pstn, anna);
    });

    it('keeps a hidden number hidden', async () => {
      const headers = ['P-Asserted-Identity: <sip:+46701740650@carrier.example>', 'Privacy: id'];
      const dialog = await answer(fromTrunk(bed.pstn, annasNumber, 'anonymous', headers), bed.pstn, anna);
      expect(identity(dialog.invite).asserted).toEqual([]);
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:anonymous|callee:${annasNumber}`,
      );
      await hangUp('caller', dialog, bed.pstn, anna);
    });

    it.each([
      ['the feature code', '*28*0846500403', 403],
      ['a number that is not ours', '+46701740699', 404],
      ['an extension', '403', 404],
      ['an account', 'anna-desk', 404],
    ])('does not reach %s', async (_, dialled, status) => {
      const claim = [`P-Asserted-Identity: <sip:${karinsNumber}@acme.example>`];
      await bed.pstn.take(isResponse(status, 'INVITE', fromTrunk(bed.pstn, dialled, karinsNumber, claim)));
    });

    it('is who comes from its address; others at its entrance get no answer', async () => {
      const stranger = await openUdpPhone(bed.pbx.trunkPort, '127.0.0.4');
      fromTrunk(stranger, annasNumber, '0701740650');
      // Processed after it, by the same workers.
      await bed.pstn.take(isResponse(404, 'INVITE', fromTrunk(bed.pstn, 'nobody', '0701740650')));
      expect(stranger.received).toEqual([]);
      stranger.close();
    });
  });

  describe('the sidecar', () => {
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
      const head = { method: 'MESSAGE', uri: 'sip:anna-desk@acme.example', to: '<sip:anna-desk@acme.example>', cseq: 1 };
      const callId = token();
      karin.send(requestText(karin, { ...head, callId, from: `<sip:karin-desk@acme.example>;tag=${token()}` }));
      await karin.take(isResponse(405, 'MESSAGE', callId));
    });

    it('missing, there is no listening', async () => {
      bed.sidecar.close();
      await karin.take(isResponse(503, 'INVITE', await bed.invite(karin, '*28*403')), 6000);
    });
  });
});
