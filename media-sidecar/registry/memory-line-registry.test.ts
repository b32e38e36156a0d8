import { describe, expect, it } from 'vitest';
import { MemoryLineRegistry } from './memory-line-registry.ts';

const karin = { company: 'acme/acme', name: 'karin' };

describe('the line registry of one node', () => {
  it('counts a claim until it is released, once', () => {
    const registry = new MemoryLineRegistry();
    const first = registry.claim(karin, 'call-1');
    const second = registry.claim({ ...karin, name: 'sven' }, 'call-1');
    expect([registry.listensOf(karin), registry.listenersOn('call-1')]).toEqual([1, 2]);
    first.release();
    first.release();
    expect([registry.listensOf(karin), registry.listenersOn('call-1')]).toEqual([0, 1]);
    second.release();
    expect(registry.listenersOn('call-1')).toBe(0);
  });

  it('keeps people of the same name in different companies apart', () => {
    const registry = new MemoryLineRegistry();
    registry.claim(karin, 'call-1');
    expect(registry.listensOf({ ...karin, company: 'beta/beta' })).toBe(0);
  });
});
