import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestText, responseText, sdp, token, withinDialog } from './testbed/raw-messages.ts';
import { isRequest, isResponse } from './testbed/sip-text.ts';
import {
  hangUp,
  known,
  type PbxTestbed,
  type Registered,
  startPbxTestbed,
} from './testbed/start-pbx-testbed.ts';

const metadata = 'domain:acme.example|caller:+46846500401|callee:+46846500403';

describe('what kamailio.cfg tells of a call that rings with media', () => {
  let bed: PbxTestbed;
  let karin: Registered;
  let anna: Registered;

  beforeAll(async () => {
    bed = await startPbxTestbed();
    karin = await bed.register('karin-desk@acme.example', 'tcp');
    anna = await bed.register('anna-desk@acme.example', 'udp');
  }, 60_000);
  afterAll(() => bed?.stop());

  /** Anna's phone says 183 with SDP; what it says later has the same tag. */
  const ringing = async () => {
    const callId = await bed.invite(karin, '403');
    const invite = await anna.take(isRequest('INVITE', callId));
    const lines = { tag: token(), body: sdp(40_002) };
    anna.send(responseText(anna, invite, '183 Session Progress', lines));
    const progress = await karin.take(isResponse(183, 'INVITE', callId));
    return { callId, invite, lines, dialog: { invite, ok: progress } };
  };

  it('is early until the 200, and not when it is put on hold thereafter', async () => {
    const { callId, invite, lines, dialog: early } = await ringing();
    expect(await known(bed.ng, early)).toEqual({
      metadata: `${metadata}|state:early`,
      caller: 'caller',
      callee: 'callee',
    });
    anna.send(responseText(anna, invite, '200 OK', lines));
    const dialog = { invite, ok: await karin.take(isResponse(200, 'INVITE', callId)) };
    expect((await known(bed.ng, dialog)).metadata).toBe(metadata);
    karin.send(requestText(karin, { ...withinDialog('caller', dialog), method: 'ACK', cseq: 2 }));
    await anna.take(isRequest('ACK', callId));

    const head = withinDialog('caller', dialog);
    karin.send(requestText(karin, { ...head, method: 'INVITE', cseq: 3, body: sdp(40_000, 'sendonly') }));
    await anna.take(isRequest('INVITE', callId));
    expect((await known(bed.ng, dialog)).metadata).toBe(metadata);
    await hangUp('caller', dialog, karin, anna);
  });

  it('is early still after an UPDATE that is answered with 200', async () => {
    const { callId, invite, lines, dialog: early } = await ringing();
    const head = withinDialog('caller', early);
    karin.send(requestText(karin, { ...head, method: 'UPDATE', cseq: 3, body: sdp(40_000) }));
    const update = await anna.take(isRequest('UPDATE', callId));
    anna.send(responseText(anna, update, '200 OK', { body: sdp(40_002) }));
    await karin.take(isResponse(200, 'UPDATE', callId));
    expect((await known(bed.ng, early)).metadata).toBe(`${metadata}|state:early`);
    anna.send(responseText(anna, invite, '486 Busy Here', { tag: lines.tag }));
    await karin.take(isResponse(486, 'INVITE', callId));
    expect((await bed.ng.list()).calls).not.toContain(callId);
  });
});
