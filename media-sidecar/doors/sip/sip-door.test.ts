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
    expect((await options()).statusCode).toBe(200);
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
      const { statusCode = 0 } = await pbx.endpoint.request(method, {
        to: pbx.uri(door, 'anna'),
        extraHeaders,
      });
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(asked).toEqual([]);
    },
  );
});
