import { NgError } from 'rtpengine-ng-client';
import { describe, expect, it } from 'vitest';
import { Barriers } from './barriers.ts';

const shown = (callId: string) => ({ payload: Buffer.from(`k d7:command5:query7:call-id${callId}e`) });
const refused = new NgError('EngineRefused', 'Unknown call-id');

describe('Barriers', () => {
  it('passes once the mirror showed the very question, before or after its answer', async () => {
    const before: Barriers = new Barriers(async (callId) => {
      before.take(shown(callId));
      throw refused;
    });
    expect(await before.pass()).toBe('passed');
    const after: Barriers = new Barriers(async (callId) => {
      setTimeout(() => after.take(shown(callId)), 5);
      throw refused;
    });
    expect(await after.pass()).toBe('passed');
  });

  it('is missed where the mirror shows other things', async () => {
    const barriers: Barriers = new Barriers(async (callId) => {
      barriers.take(shown(`${callId.slice(0, -1)}-`));
      barriers.take(shown('medlyssning-barrier-00000000-0000-0000-0000-000000000000'));
      barriers.take(shown('some call'));
    });
    expect(await barriers.pass()).toBe('missed');
  });

  it('does not blame the mirror for an engine that does not answer', async () => {
    const barriers = new Barriers(async () => {
      throw new NgError('Timeout', 'The engine did not answer.');
    });
    expect(await barriers.pass()).toBe('unanswered');
  });

  it('reads what came while the process was busy before it gives up', async () => {
    const barriers: Barriers = new Barriers(async (callId) => {
      // What stands in the sockets is read after the timers that are due.
      setTimeout(() => setImmediate(() => barriers.take(shown(callId))), 0);
      setTimeout(() => {
        const until = performance.now() + 300;
        while (performance.now() < until);
      }, 0);
    });
    expect(await barriers.pass()).toBe('passed');
  });

  it('keeps those who ask at the same time apart', async () => {
    let asked = 0;
    const barriers: Barriers = new Barriers(async (callId) => {
      asked += 1;
      if (asked === 1) barriers.take(shown(callId));
    });
    expect(await Promise.all([barriers.pass(), barriers.pass()])).toEqual(['passed', 'missed']);
  });
});
