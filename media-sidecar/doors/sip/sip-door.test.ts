import { afterEach, describe, expect, it } from 'vitest';
import { joined, openDoor, openPbx, stubListen } from './sip-door.fixture.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

const start = async () => {
  const pbx = await openPbx();
  const made = await openDoor(() => joined(stubListen()), pbx.port);
  open.push(pbx.endpoint, made.door);
  return { ...made, pbx };
};

describe('the SIP door', () => {
  it('tells a PBX by OPTIONS whether the node can take listens', async () => {
    const { pbx, door, state } = await start();
    const options = () => pbx.endpoint.request('OPTIONS', { to: pbx.uri(door, 'health') });
    const ready = await options();
    expect([ready.statusCode, ready.getHeader('allow'), ready.toTag]).toEqual([
      200,
      'INVITE, ACK, CANCEL, BYE, OPTIONS',
      expect.any(String),
    ]);
    state.ready = false;
    const answer = await options();
    expect([answer.statusCode, answer.getHeader('retry-after')]).toEqual([503, '5']);
  });

  it.each(['MESSAGE', 'REFER', 'SUBSCRIBE', 'NOTIFY', 'REGISTER', 'PUBLISH', 'FOO'])(
    'has no use for %s',
    async (method) => {
      const { pbx, door, asked } = await start();
      const contact = `Contact: ${pbx.endpoint.core.configuration.contact.toString()}`;
      const extraHeaders = [contact, 'Event: presence', 'Refer-To: <sip:bo@acme.example>'];
      const answer = await pbx.endpoint.request(method, { to: pbx.uri(door, 'anna'), extraHeaders });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      // a 405 must say what is allowed (RFC 3261 §8.2.1)
      if (answer.statusCode === 405) expect(answer.getHeader('allow')).toMatch(/INVITE/);
      expect(asked).toEqual([]);
    },
  );
});
