import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, mirrored, observed, offer } from './observer.fixture.ts';

let on: ReturnType<typeof observed>;
beforeEach(() => {
  on = observed();
});
afterEach(() => on.observer.close());

describe('Observer, before a decision', () => {
  // Rounds come too seldom to matter.
  const source = { kind: 'mirror', host: '127.0.0.1', port: 0, resyncMs: 60_000 } as const;

  it('waits for what the engine did before', async () => {
    await on.start(source);
    const mirror = await on.connectMirror();
    const { relists } = on.observer.counters;
    mirror.write(Buffer.concat([mirrored(offer('c1')), mirrored(answer('c1'))]));
    expect(await on.observer.catchUp()).toBe(true);
    expect(on.book.call('c1')?.answeredAt).toBeDefined();
    expect(on.observer.counters).toMatchObject({ relists, barriersMissed: 0 });
    mirror.destroy();
  });

  it('lists the calls where the mirror is not the engine’s, until that is back', async () => {
    await on.start(source);
    const mirror = await on.connectMirror();
    const impostor = await on.connectImpostor();
    on.engine.put('c1');
    expect(await on.observer.catchUp()).toBe(true);
    expect(on.book.call('c1')).toBeDefined();
    await vi.waitFor(async () => {
      await on.observer.catchUp();
      expect(on.observer.mirrorState).toBe('down');
    });
    expect(on.observer.counters.barriersMissed).toBeGreaterThan(0);
    // and goes on as while blind
    on.engine.put('c2');
    await vi.waitFor(() => expect(on.book.call('c2')).toBeDefined(), { timeout: 3000 });
    mirror.destroy();
    const again = await on.connectMirror();
    expect(await on.observer.catchUp()).toBe(true);
    expect(on.observer.mirrorState).toBe('up');
    again.destroy();
    impostor.destroy();
  });

  it('trusts a mirror again that was silent for a while', async () => {
    await on.start(source);
    const mirror = await on.connectMirror();
    on.engine.mirror = undefined;
    expect(await on.observer.catchUp()).toBe(true);
    expect(on.observer.mirrorState).toBe('down');
    on.engine.mirror = mirror;
    await vi.waitFor(() => expect(on.observer.mirrorState).toBe('up'), { timeout: 3000 });
    mirror.destroy();
  });

  it('knows nothing for certain while the engine does not answer, and does not blame the mirror', async () => {
    await on.start(source);
    const mirror = await on.connectMirror();
    on.engine.down = true;
    expect(await on.observer.catchUp()).toBe(false);
    expect(on.observer.counters.barriersMissed).toBe(0);
    mirror.destroy();
  });

  it('notices at the next re-list that a connected mirror is dead, whether anybody asks or not', async () => {
    await on.start();
    const mirror = await on.connectMirror();
    on.engine.mirror = undefined;
    await vi.waitFor(() => expect(on.observer.mirrorState).toBe('down'), { timeout: 2000 });
    mirror.destroy();
  });
});
