import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answered, deleted, offered } from '../../book/book.fixture.ts';
import { type OpenDoor, openDoor } from './http-door.fixture.ts';

let door: OpenDoor;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

interface Event {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Opens a stream, and gives its events one by one. */
const follow = async (name: string, lastEventId?: string, company = 'acme') => {
  const token = await door.issuer.token(`${name}@${company}.example`);
  const response = await door.send('/v1/events', token, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const next = async (): Promise<Event> => {
    for (;;) {
      const [block, ...rest] = text.split('\n\n');
      if (rest.length > 0) {
        text = rest.join('\n\n');
        const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block ?? '')?.[1];
        const event = field('event');
        if (event) return { id: field('id'), event, data: JSON.parse(field('data') ?? '') };
        continue;
      }
      const chunk = await reader?.read();
      if (!chunk || chunk.done) throw new Error('the stream ended');
      text += decoder.decode(chunk.value, { stream: true });
    }
  };
  return { next, close: async () => void (await reader?.cancel()) };
};

/** Somebody calls this colleague, who answers. */
const call = (number: string, callId: string) => {
  const now = Date.now();
  const metadata = { domain: 'acme.example', caller: '+46702222222', callee: number };
  door.stage.book.apply(offered(now, `${callId}-customer`, { callId, label: 'caller', metadata }));
  door.stage.book.apply(
    answered(now, `${callId}-customer`, `${callId}-agent`, { callId, label: 'callee', metadata }),
  );
};
const hangUp = (callId: string) =>
  door.stage.book.apply(deleted(Date.now(), `${callId}-customer`, { callId }));
const [ivar, lena, cilla, karin] = ['0846500410', '0846500412', '0846500405', '0846500401'];

const listen = async (device: string) => {
  const outcome = await door.stage.ask(device);
  if (outcome.kind !== 'joined') throw new Error(outcome.reason);
  return outcome.listen;
};

describe('the stream', () => {
  it('tells an entitled listener of calls, as the list shows them', async () => {
    const stream = await follow('sven');
    expect(await stream.next()).toMatchObject({ event: 'refresh' });
    call(ivar, 'one');
    expect(await stream.next()).toMatchObject({
      event: 'colleague',
      data: { user: 'ivar', mayListen: true, reason: 'Allowed', inCall: true, since: expect.any(String) },
    });
    hangUp('one');
    expect(await stream.next()).toMatchObject({
      data: { user: 'ivar', reason: 'TargetNotInCall', inCall: false },
    });
    await stream.close();
  });

  it('tells of nobody’s calls whom an attempt would be told nothing of, and whoever may not listen of nobody’s', async () => {
    const [sven, eva] = [await follow('sven'), await follow('eva')];
    const maja = await follow('maja', undefined, 'beta');
    for (const stream of [sven, eva, maja]) await stream.next();
    call(cilla, 'unlicensed');
    call(ivar, 'licensed');
    expect(await sven.next()).toMatchObject({ data: { user: 'ivar' } });
    // what comes next is the first thing that they are told
    door.stage.policyChanged();
    expect(await eva.next()).toMatchObject({ event: 'refresh' });
    expect(await maja.next()).toMatchObject({ event: 'refresh' });
    for (const stream of [sven, eva, maja]) await stream.close();
  });

  it('tells the one listened to who listens, and when no longer; a colleague is told nothing of it', async () => {
    const [anna, sven] = [await follow('anna'), await follow('sven')];
    await anna.next();
    await sven.next();
    const karins = await listen('karin-desk');
    expect(await anna.next()).toMatchObject({
      event: 'listen',
      data: { id: karins.id, state: 'listening', listener: { displayName: 'Karin Ek' } },
    });
    karins.end('ListenerHungUp');
    expect(await anna.next()).toMatchObject({
      event: 'listen',
      data: { id: karins.id, state: 'ended', reason: 'ListenerHungUp' },
    });
    call(ivar, 'one');
    expect(await sven.next()).toMatchObject({ event: 'colleague', data: { user: 'ivar' } });
    await anna.close();
    await sven.close();
  });

  it('asks to fetch all again where the reader’s own line is taken or freed (R11)', async () => {
    const stream = await follow('karin');
    await stream.next();
    call(karin, 'own');
    expect(await stream.next()).toMatchObject({ event: 'refresh' });
    await stream.close();
  });

  it('goes on where the reader was, with nothing lost, and how it is now', async () => {
    const first = await follow('sven');
    const { id } = await first.next();
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    await first.close();
    call(ivar, 'one');
    call(lena, 'two');
    hangUp('two');
    const again = await follow('sven', id);
    const [ivars, lenas] = [await again.next(), await again.next()];
    expect(ivars).toMatchObject({ id: undefined, data: { user: 'ivar', inCall: true } });
    expect(lenas).toMatchObject({ id: expect.any(String), data: { user: 'lena', inCall: false } });
    await again.close();
  });

  it('ends for the reader who could not be told, and tells them when they come back; others notice nothing', async () => {
    const [sven, karins] = [await follow('sven'), await follow('karin')];
    const { id } = await sven.next();
    await karins.next();
    const lookup = vi.spyOn(door.stage.know.index, 'userBySubject').mockImplementationOnce(() => {
      throw new Error('a fault');
    });
    call(ivar, 'one');
    await expect(sven.next()).rejects.toThrow('the stream ended');
    expect(await karins.next()).toMatchObject({ data: { user: 'ivar', inCall: true } });
    lookup.mockRestore();
    const again = await follow('sven', id);
    expect(await again.next()).toMatchObject({ data: { user: 'ivar', inCall: true } });
    await again.close();
    await karins.close();
  });

  it.each(['', 'a'.repeat(32), '0', `${'a'.repeat(31)}\u00e4`])(
    'begins anew for an id it never gave: %s',
    async (id) => {
      const stream = await follow('sven', id);
      expect(await stream.next()).toMatchObject({ event: 'refresh' });
      await stream.close();
    },
  );

  it('ends with the token', async () => {
    const token = await door.issuer.token('sven@acme.example', { expiresIn: 1 });
    const response = await door.send('/v1/events', token);
    expect(await response.text()).toContain('event: refresh');
  });

  it('is one of eight at most for one login', async () => {
    const token = await door.issuer.token('sven@acme.example');
    const streams = await Promise.all(Array.from({ length: 8 }, () => door.send('/v1/events', token)));
    expect((await door.send('/v1/events', token)).status).toBe(429);
    await streams[0]?.body?.cancel();
    await vi.waitFor(async () => expect((await door.send('/v1/events', token)).status).toBe(200));
  });
});
