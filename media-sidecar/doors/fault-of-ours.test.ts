import { header } from '@medlyssning/sip-tcp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listening, nothingLeft } from '../listen/listening.fixture.ts';
import { openDoor as openHttpDoor } from './http/http-door.fixture.ts';
import { offer, openPbx, openDoor as openSipDoor } from './sip/sip-door.fixture.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const it of open.splice(0)) await it.close();
});

type Stage = Awaited<ReturnType<typeof listening>>;
const fault = new Error('a fault of ours');
const faults: readonly (readonly [string, (stage: Stage) => void])[] = [
  ['the book is brought up to date', (stage) => stage.loseSight(() => Promise.reject(fault))],
  [
    'the facts are gathered',
    ({ book }) =>
      vi.spyOn(book, 'callsOf').mockImplementation(() => {
        throw fault;
      }),
  ],
];

describe.each(faults)('a fault of ours where %s', (_, breakIt) => {
  it('is answered over SIP as 503 with the reason; nothing is left, and the attempt is on record', async () => {
    const stage = await listening();
    const pbx = await openPbx();
    const { door } = await openSipDoor((ask) => stage.service.ask(ask), pbx.port);
    open.push(pbx.endpoint, door);
    breakIt(stage);
    const { message } = await pbx.dial(door, offer, [
      header('P-Asserted-Identity', '<sip:karin-desk@acme.example>'),
      header('X-Device', 'karin-desk'),
    ]).final;
    expect([message.statusCode, message.getHeader('reason'), message.getHeader('retry-after')]).toEqual([
      503,
      'SIP;cause=503;text="MediaFailed"',
      '5',
    ]);
    vi.restoreAllMocks();
    expect(stage.left()).toEqual(nothingLeft);
    expect(stage.audit.reasons()).toEqual(['attempt MediaFailed']);
  });

  it('is answered over HTTP as a problem with the reason; nothing is left, and the attempt is on record', async () => {
    const door = await openHttpDoor();
    open.push(door);
    const { stage } = door;
    const karin = await door.issuer.token('karin@acme.example');
    breakIt(stage);
    const answer = await door.send('/v1/listens', karin, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'anna', on: 'browser' }),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status: 503, reason: 'MediaFailed' });
    vi.restoreAllMocks();
    expect(stage.left()).toEqual(nothingLeft);
    expect(stage.audit.reasons()).toEqual(['attempt MediaFailed']);
  });
});
