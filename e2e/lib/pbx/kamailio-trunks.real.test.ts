import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFromTrunk } from './testbed/call-from-trunk.ts';
import { identity } from './testbed/identity.ts';
import { openUdpPhone } from './testbed/raw-phone.ts';
import { isResponse, requestUri } from './testbed/sip-text.ts';
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
const networkInfo = 'P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=2400701';

describe('whom kamailio.cfg believes at its trunks', () => {
  let bed: PbxTestbed;
  let anna: Registered;

  beforeAll(async () => {
    bed = await startPbxTestbed();
    anna = await bed.register('anna-desk@acme.example', 'udp');
  }, 60_000);
  afterAll(() => bed?.stop());

  describe('the mobile operator', () => {
    it('is believed about its SIMs, and the sidecar is told the network', async () => {
      const asserted = `<tel:${karinsSim}>`;
      const headers = [`P-Asserted-Identity: ${asserted}`, networkInfo, 'X-Device: karin-desk'];
      const callId = callFromTrunk(bed.mobileOperator, '*28*0846500403', karinsSim, headers);
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
      const headers = [`P-Asserted-Identity: <sip:${karinsSim}@operator.example>`, networkInfo];
      const callId = callFromTrunk(bed.mobileOperator, '403', 'anonymous', headers);
      const dialog = await answer(callId, bed.mobileOperator, anna);
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:${karinsNumber}|callee:${annasNumber}`,
      );
      expect(identity(dialog.invite).network).toEqual([]);
      await hangUp('caller', dialog, bed.mobileOperator, anna);
    });

    it('is believed by P-Asserted-Identity alone: what a mobile writes into From is its own word', async () => {
      const callId = callFromTrunk(bed.mobileOperator, annasNumber, karinsSim);
      const dialog = await answer(callId, bed.mobileOperator, anna);
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:anonymous|callee:${annasNumber}`,
      );
      await hangUp('caller', dialog, bed.mobileOperator, anna);
    });

    it('takes our people out to the PSTN, and nobody else', async () => {
      const ours = [`P-Asserted-Identity: <tel:${karinsSim}>`];
      const callId = callFromTrunk(bed.mobileOperator, '0701740650', karinsSim, ours);
      const dialog = await answer(callId, bed.mobileOperator, bed.pstn);
      expect((await known(bed.ng, dialog)).metadata).toBe(
        `domain:acme.example|caller:${karinsNumber}|callee:+46701740650`,
      );
      await hangUp('callee', dialog, bed.pstn, bed.mobileOperator);

      const others = ['P-Asserted-Identity: <tel:+46701740699>'];
      const refused = callFromTrunk(bed.mobileOperator, '0701740650', '+46701740699', others);
      await bed.mobileOperator.take(isResponse(404, 'INVITE', refused));
    });
  });

  describe('the PSTN', () => {
    it('is believed about numbers that are not ours', async () => {
      const asserted = ['P-Asserted-Identity: <sip:0701740650@carrier.example>', networkInfo];
      const dialog = await answer(
        callFromTrunk(bed.pstn, annasNumber, '0701740650', asserted),
        bed.pstn,
        anna,
      );
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
      const callId = callFromTrunk(bed.pstn, annasNumber, karinsNumber, [`P-Asserted-Identity: ${claim}`]);
      const dialog = await answer(callId, bed.pstn, anna);
      expect(identity(dialog.invite).asserted.join()).not.toMatch(/46500401|1740611|karin|<sip:\+?401@/);
      expect((await known(bed.ng, dialog)).metadata).not.toMatch(/46500401|1740611|karin|caller:\+?401\|/);
      await hangUp('caller', dialog, bed.pstn, anna);
    });

    it('keeps a hidden number hidden', async () => {
      const headers = ['P-Asserted-Identity: <sip:+46701740650@carrier.example>', 'Privacy: id'];
      const dialog = await answer(callFromTrunk(bed.pstn, annasNumber, 'anonymous', headers), bed.pstn, anna);
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
      await bed.pstn.take(
        isResponse(status, 'INVITE', callFromTrunk(bed.pstn, dialled, karinsNumber, claim)),
      );
    });

    it('is who comes from its address; others at its entrance get no answer', async () => {
      const stranger = await openUdpPhone(bed.pbx.trunkPort, '127.0.0.4');
      callFromTrunk(stranger, annasNumber, '0701740650');
      // Processed after it, by the same workers.
      await bed.pstn.take(isResponse(404, 'INVITE', callFromTrunk(bed.pstn, 'nobody', '0701740650')));
      expect(stranger.received).toEqual([]);
      stranger.close();
    });
  });
});
