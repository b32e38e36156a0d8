import { describe, expect, it } from 'vitest';
import { SubscriptionInDoubt } from '../engines/call-engine.ts';
import { fakeEngines } from './fake-engines.ts';
import { RelayPool } from './relay-pool.ts';

const setup = () => {
  const engines = fakeEngines();
  const undoFailed: string[] = [];
  return { engines, undoFailed, pool: new RelayPool(engines, (what) => undoFailed.push(what)) };
};

describe('the relays of a call', () => {
  it('are one per party, shared by its listeners, and go with the last of them', async () => {
    const { engines, pool } = setup();
    const [first, second] = await Promise.all([
      pool.acquire('call-1', ['a', 'b']),
      pool.acquire('call-1', ['a', 'b']),
    ]);
    expect(first.mix).toBe(second.mix);
    expect([...first.mix.relays.keys()]).toEqual(['a', 'b']);
    expect(engines.asked.filter((c) => c === 'subscribe request')).toHaveLength(2);
    await first.release();
    expect(engines.asked).not.toContain('unsubscribe');
    await second.release();
    expect(engines.open.size).toBe(0);
  });

  it('are made anew for a listener who comes after the last one left', async () => {
    const { pool } = setup();
    const first = await pool.acquire('call-1', ['a']);
    await first.release();
    const second = await pool.acquire('call-1', ['a']);
    expect(second.mix.id).not.toBe(first.mix.id);
  });

  it.each(['subscribe request', 'publish relay', 'subscribe answer'])(
    'leave nothing behind when %s fails for one party',
    async (command) => {
      const { engines, pool } = setup();
      engines.fail(command);
      await expect(pool.acquire('call-1', ['a', 'b'])).rejects.toThrow(`${command} refused`);
      expect([...engines.open].filter((tag) => tag.startsWith('sub-'))).toEqual([]);
      expect([...engines.open]).toEqual([]);
      await expect(pool.acquire('call-1', ['a', 'b'])).resolves.toBeDefined();
    },
  );

  it('take down a copy that may have been made although no answer came', async () => {
    const { engines, pool } = setup();
    engines.call.subscribeRequest = async () => {
      throw new SubscriptionInDoubt('sub-lost', new Error('no answer'));
    };
    const gone: string[] = [];
    engines.call.unsubscribe = async ({ toTag }) => void gone.push(toTag);
    await expect(pool.acquire('call-1', ['a'])).rejects.toThrow(SubscriptionInDoubt);
    expect(gone).toEqual(['sub-lost']);
  });

  it('report a step that could not be undone and undo the others', async () => {
    const { engines, undoFailed, pool } = setup();
    const lease = await pool.acquire('call-1', ['a', 'b']);
    engines.fail('unsubscribe');
    await lease.release();
    expect(undoFailed).toEqual(['unsubscribe of a relay']);
    expect(engines.asked.filter((c) => c === 'unsubscribe')).toHaveLength(2);
    expect(engines.asked.at(-1)).toBe('delete mix');
  });

  it('relay who talks now, where a listener comes after a party changed', async () => {
    const { pool } = setup();
    const first = await pool.acquire('call-1', ['a', 'b']);
    await pool.acquire('call-1', ['a', 'c']);
    expect([...first.mix.relays.keys()]).toEqual(['a', 'c']);
  });

  it('relay a party once, however often it is said to have joined', async () => {
    const { engines, pool } = setup();
    await Promise.all([
      pool.acquire('call-1', ['a', 'b']),
      pool.addParty('call-1', 'b'),
      pool.addParty('call-1', 'b'),
    ]);
    expect(engines.asked.filter((c) => c === 'subscribe request')).toHaveLength(2);
  });

  it('are abandoned at once, and made anew for the next listener', async () => {
    const { engines, pool } = setup();
    const first = await pool.acquire('call-1', ['a', 'b']);
    await pool.abandon(first.mix);
    expect(engines.open.size).toBe(0);
    const second = await pool.acquire('call-1', ['a', 'b']);
    await first.release();
    expect(pool.isUp(second.mix)).toBe(true);
    expect(engines.open.size).toBe(3);
  });

  it('follow a party who joins and one who leaves', async () => {
    const { engines, pool } = setup();
    const lease = await pool.acquire('call-1', ['a', 'b']);
    await pool.addParty('call-1', 'c');
    await pool.dropParty('call-1', 'b');
    expect([...lease.mix.relays.keys()]).toEqual(['a', 'c']);
    expect(engines.asked.filter((c) => c === 'unsubscribe')).toHaveLength(1);
  });

  it('know nothing of calls nobody listens to', async () => {
    const { engines, pool } = setup();
    expect(await pool.addParty('call-2', 'c')).toBeUndefined();
    await pool.dropParty('call-2', 'b');
    expect(engines.asked).toEqual([]);
  });
});
