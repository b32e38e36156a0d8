import { describe, expect, it } from 'vitest';
import { FakeLease, type LeaseFault } from './fake-lease.fixture.ts';
import { Stage, untilAborted } from './lease-election.fixture.ts';
import { LeaseElection } from './lease-election.ts';

describe('LeaseElection', () => {
  it('lets the first lead and the others wait, renewing every 2 s', async () => {
    const stage = new Stage();
    const a = stage.candidate('a');
    await stage.clock.advance(100);
    const b = stage.candidate('b');
    await stage.clock.advance(10_000);
    expect([a.mayWrite, b.mayWrite]).toEqual([true, false]);
    expect(stage.lease.writes.map(({ client }) => client)).toEqual(Array(6).fill('a'));
    expect(stage.lease.spec).toMatchObject({ holderIdentity: a.election.identity, leaseTransitions: 0 });
    await Promise.all([a.stop(), b.stop()]);
    expect(stage.clock.pending).toBe(0);
  });

  it('gives the Lease back when it is stopped, after its work has ended', async () => {
    const stage = new Stage();
    let endWork = () => {};
    const a = stage.candidate(
      'a',
      () =>
        new Promise((resolve) => {
          endWork = resolve;
        }),
    );
    await stage.clock.advance(0);
    const b = stage.candidate('b');
    const ended = a.stop();
    await stage.clock.advance(3000);
    expect(a.terms[0]?.signal.aborted).toBe(true);
    expect([a.mayWrite, b.mayWrite]).toEqual([true, false]);
    endWork();
    await ended;
    expect(a.mayWrite).toBe(false);
    expect(stage.lease.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });
    await stage.clock.advance(2000);
    expect(b.mayWrite).toBe(true);
    await b.stop();
  });

  it('does not give back what is no longer its own', async () => {
    const stage = new Stage();
    let endWork = () => {};
    const a = stage.candidate(
      'a',
      () =>
        new Promise((resolve) => {
          endWork = resolve;
        }),
    );
    await stage.clock.advance(0);
    const ended = a.stop();
    await stage.clock.advance(20_000);
    expect(a.mayWrite).toBe(false);
    const b = stage.candidate('b');
    await stage.clock.advance(20_000);
    endWork();
    await ended;
    expect(stage.lease.spec?.holderIdentity).toBe(b.election.identity);
    await b.stop();
  });

  it.each<LeaseFault>(['refuse', 'lose-answer', 'hang'])(
    'stops writing 10 s after its last renewal when requests %s, and before another begins',
    async (fault) => {
      const stage = new Stage();
      const a = stage.candidate('a');
      const b = stage.candidate('b');
      await stage.clock.advance(1000);
      stage.lease.faults.set('a', fault);
      await stage.clock.advance(8999);
      expect(a.mayWrite).toBe(true);
      await stage.clock.advance(1);
      expect(a.mayWrite).toBe(false);
      expect(a.terms[0]?.signal.aborted).toBe(true);
      expect(a.problems).not.toEqual([]);
      expect(b.mayWrite).toBe(false);
      // With answers lost the renewals still arrive, and b rightly waits.
      stage.lease.faults.set('a', 'refuse');
      await stage.clock.advance(17_000);
      expect(b.mayWrite).toBe(true);
      await Promise.all([a.stop(), b.stop()]);
    },
  );

  it('leads on through faults that are shorter than its deadline', async () => {
    const stage = new Stage();
    const a = stage.candidate('a');
    await stage.clock.advance(0);
    for (const fault of ['refuse', 'lose-answer', 'hang'] as const) {
      stage.lease.faults.set('a', fault);
      await stage.clock.advance(5000);
      stage.lease.faults.clear();
      await stage.clock.advance(4000);
    }
    expect(a.terms).toHaveLength(1);
    expect(a.mayWrite).toBe(true);
    await a.stop();
  });

  it('refuses writes of a process that was stalled, before any timer has fired', async () => {
    const stage = new Stage();
    const a = stage.candidate('a');
    await stage.clock.advance(0);
    stage.clock.stall(9999);
    a.terms[0]?.assertLeading();
    stage.clock.stall(1);
    expect(a.terms[0]?.signal.aborted).toBe(false);
    expect(() => a.terms[0]?.assertLeading()).toThrow('could not be renewed in time');
    expect(a.terms[0]?.lost.aborted).toBe(true);
    await a.stop();
  });

  it('gives way at once to another holder, and leads again when that one is gone', async () => {
    const stage = new Stage();
    const a = stage.candidate('a');
    await stage.clock.advance(0);
    stage.lease.put({ holderIdentity: 'somebody', leaseDurationSeconds: 15 });
    await stage.clock.advance(2000);
    expect(a.mayWrite).toBe(false);
    await stage.clock.advance(17_000);
    expect(a.terms).toHaveLength(2);
    expect(a.mayWrite).toBe(true);
    await a.stop();
  });

  it('keeps leading when others edit the Lease’s metadata, or it was written although the answer was lost', async () => {
    const stage = new Stage();
    const a = stage.candidate('a');
    await stage.clock.advance(0);
    for (let i = 0; i < 10; i++) {
      stage.lease.put(stage.lease.spec);
      await stage.clock.advance(2000);
    }
    expect(a.terms).toHaveLength(1);
    expect(a.mayWrite).toBe(true);
    await a.stop();
  });

  it('does not believe the times in the Lease: a holder whose clock is years behind is still the holder', async () => {
    const stage = new Stage();
    const b = stage.candidate('b');
    for (let i = 0; i < 20; i++) {
      const renewTime = `1999-01-01T00:00:${String(i).padStart(2, '0')}.000000Z`;
      stage.lease.put({ holderIdentity: 'a', leaseDurationSeconds: 15, renewTime });
      await stage.clock.advance(5000);
      expect(b.terms).toEqual([]);
    }
    await stage.clock.advance(17_000);
    expect(b.mayWrite).toBe(true);
    await b.stop();
  });

  it('looks again at the moment a silent holder’s time is over', async () => {
    const stage = new Stage();
    stage.lease.put({ holderIdentity: 'somebody', leaseDurationSeconds: 15 });
    const a = stage.candidate('a');
    await stage.clock.advance(15_000);
    expect(a.mayWrite).toBe(false);
    await stage.clock.advance(1);
    expect(a.mayWrite).toBe(true);
    await a.stop();
  });

  it('tells of work that rejects, gives the Lease back, and tries again', async () => {
    const stage = new Stage();
    const a = stage.candidate('a', () => Promise.reject(new Error('no work today')));
    await stage.clock.advance(100);
    expect(a.problems).toMatchObject([{ message: 'no work today' }]);
    expect(stage.lease.spec?.holderIdentity).toBe('');
    await stage.clock.advance(2000);
    expect(a.terms).toHaveLength(2);
    await a.stop();
  });

  it.each([
    [0, 10_000, 15_000],
    [2000, 15_000, 15_000],
    [10_000, 10_000, 15_000],
    [2000, Number.NaN, 15_000],
  ])(
    'refuses times by which two could lead: %s, %s, %s',
    (retryPeriodMs, renewDeadlineMs, leaseDurationMs) => {
      const lock = new FakeLease().lock('a');
      const times = { retryPeriodMs, renewDeadlineMs, leaseDurationMs };
      expect(() => new LeaseElection({ lock, identity: 'a', onStarted: untilAborted, ...times })).toThrow(
        RangeError,
      );
    },
  );
});
