import { once } from 'node:events';
import { connect } from 'node:net';
import { NgError } from 'rtpengine-ng-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, bye, mirrored, observed, offer } from './observer.fixture.ts';

let on: ReturnType<typeof observed>;
beforeEach(() => {
  on = observed();
});
afterEach(() => on.observer.close());

describe('Observer', () => {
  it('finds at its start the calls that were there before', async () => {
    for (let i = 0; i < 200; i += 1) on.engine.put(`c${i}`);
    await on.start();
    expect(on.book.size).toBe(200);
    expect(on.book.call('c7')?.parties[1]).toMatchObject({
      user: { name: 'anna' },
      profileAtStart: { kind: 'known' },
    });
    expect([on.observer.synced, on.observer.mirrorState]).toEqual([true, 'down']);
  });

  it('follows the mirror', async () => {
    await on.start();
    const mirror = await on.connectMirror();
    on.engine.put('c1', Date.now() / 1000);
    mirror.write(Buffer.concat([mirrored(offer('c1')), mirrored(answer('c1'))]));
    await vi.waitFor(() => expect(on.book.call('c1')?.answeredAt).toBeDefined());
    expect(on.observer.mirrorState).toBe('up');
    on.engine.calls.clear();
    mirror.write(mirrored(bye('c1')));
    await vi.waitFor(() => expect(on.book.size).toBe(0));
    expect(on.observer.counters).toMatchObject({ foundByRelist: 0, endedByRelist: 0, stale: 0 });
    mirror.destroy();
  });

  it('drops what the mirror kept from before the listing', async () => {
    await on.start();
    const socket = connect(on.observer.port ?? 0, '127.0.0.1');
    socket.write(
      Buffer.concat([mirrored(offer('old'), Date.now() - 20_000), mirrored(offer('new'), Date.now() + 50)]),
    );
    await vi.waitFor(() => expect(on.observer.counters.stale).toBe(1));
    await vi.waitFor(() => expect(on.book.call('new')).toBeDefined());
    expect(on.book.call('old')).toBeUndefined();
    socket.destroy();
  });

  it('goes on by listing while the mirror is cut, and with the mirror when it is back', async () => {
    await on.start();
    const mirror = await on.connectMirror();
    mirror.destroy();
    await vi.waitFor(() => expect(on.observer.mirrorState).toBe('down'));
    on.engine.put('c1');
    await vi.waitFor(() => expect(on.book.call('c1')).toBeDefined(), { timeout: 3000 });
    expect(on.observer.counters.foundByRelist).toBe(0);
    const again = await on.connectMirror();
    on.engine.calls.clear();
    again.write(mirrored(bye('c1', 'b')));
    await vi.waitFor(() => expect(on.book.size).toBe(0));
    again.destroy();
  });

  it('counts what a healthy mirror did not show', async () => {
    await on.start();
    const mirror = await on.connectMirror();
    on.engine.put('c1');
    await vi.waitFor(() => expect(on.observer.counters.foundByRelist).toBe(1));
    on.engine.calls.clear();
    await vi.waitFor(() => expect(on.observer.counters.endedByRelist).toBe(1));
    expect(on.book.size).toBe(0);
    mirror.destroy();
  });

  it('looks at a call where an event does not tell enough', async () => {
    await on.start();
    const mirror = await on.connectMirror();
    on.engine.put('c1');
    mirror.write(mirrored(answer('c1')));
    await vi.waitFor(() => expect(on.book.call('c1')).toBeDefined());
    on.engine.calls.clear();
    mirror.write(mirrored(bye('c1', 'some-other-leg')));
    await vi.waitFor(() => expect(on.book.size).toBe(0));
    expect(on.observer.counters.confirmations).toBe(2);
    mirror.destroy();
  });

  it('is not in sync while the engine does not answer, keeps its calls, and is again afterwards', async () => {
    on.engine.put('c1');
    await on.start();
    on.engine.down = true;
    await vi.waitFor(() => expect(on.observer.synced).toBe(false), { timeout: 3000 });
    expect(on.problems[0]).toBeInstanceOf(NgError);
    expect(on.book.size).toBe(1);
    on.engine.down = false;
    on.engine.calls.clear();
    await vi.waitFor(() => expect(on.observer.synced).toBe(true), { timeout: 3000 });
    expect(on.book.size).toBe(0);
  });

  it('polls an engine that has no mirror', async () => {
    await on.start({ kind: 'poll', intervalMs: 20 });
    on.engine.put('c1');
    await vi.waitFor(() => expect(on.book.call('c1')).toBeDefined());
    on.engine.calls.clear();
    await vi.waitFor(() => expect(on.book.size).toBe(0));
    expect(on.observer.mirrorState).toBe('none');
  });

  it('survives what is no HEP, and takes the newest connection for the engine', async () => {
    await on.start();
    const first = await on.connectMirror();
    const closed = once(first, 'close');
    const second = await on.connectImpostor();
    await closed;
    second.write('GET / HTTP/1.1\r\n\r\n');
    await once(second, 'close');
    expect(on.observer.hep).toMatchObject({ connections: 2, malformed: 1 });
    expect(on.observer.mirrorState).toBe('down');
  });
});
