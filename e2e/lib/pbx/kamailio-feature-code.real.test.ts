import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identity } from './testbed/identity.ts';
import { requestText, responseText, token } from './testbed/raw-messages.ts';
import { openUdpPhone } from './testbed/raw-phone.ts';
import { allOf, header, isRequest, isResponse, requestUri } from './testbed/sip-text.ts';
import {
  answer,
  hangUp,
  type PbxTestbed,
  type Registered,
  startPbxTestbed,
} from './testbed/start-pbx-testbed.ts';

const annasNumber = '+46846500403';
const karinsNumber = '+46846500401';

describe('the feature code through kamailio.cfg', () => {
  let bed: PbxTestbed;
  let karin: Registered;

  beforeAll(async () => {
    bed = await startPbxTestbed();
    karin = await bed.register('karin-desk@acme.example', 'udp');
  }, 60_000);
  afterAll(() => bed?.stop());

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
    const head = {
      method: 'INVITE',
      uri: 'sip:*28*403@acme.example',
      to: '<sip:*28*403@acme.example>',
      cseq: 1,
    };
    const callId = token();
    stranger.send(
      requestText(stranger, { ...head, callId, from: `<sip:karin-desk@acme.example>;tag=${token()}` }),
    );
    await stranger.take(isResponse(407, 'INVITE', callId));
    // Karin's password, Anna's name.
    const from = `<sip:anna-desk@acme.example>;tag=${token()}`;
    await karin.take(isResponse(407, 'INVITE', await bed.invite(karin, '*28*403', { from })));
    expect(bed.sidecar.received.filter(isRequest('INVITE', callId))).toEqual([]);
    stranger.close();
  });
});
