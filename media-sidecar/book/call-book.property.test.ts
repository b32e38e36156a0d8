import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Acme, answered, customer, deleted, meta, noon, offered, talking } from './book.fixture.ts';
import type { Call, CallChange } from './call.ts';
import { CallBook } from './call-book.ts';

/** What a listener of changes knows, which must be all there is to know. */
class Follower {
  readonly calls = new Map<string, Call>();

  follow(change: CallChange): void {
    const { callId } = change.call;
    const known = this.calls.has(callId);
    expect(known).toBe(change.kind !== 'started');
    if (change.kind === 'ended') this.calls.delete(callId);
    else this.calls.set(callId, change.call);
  }
}

const callIds = ['c1', 'c2', 'c3', 'c4'];
const addressOf = { anna: '+4681', bo: '+4682', queue: 'queue' } as const;
const callId = fc.constantFrom(...callIds);
const tag = fc.constantFrom('a', 'b', 'c');
const callee = fc.constantFrom('anna', 'bo', 'queue');
const branch = fc.constantFrom(undefined, 'z0', 'z1');

const step = fc.oneof(
  fc.record({ kind: fc.constant('offer'), callId, tag, callee, branch }),
  fc.record({ kind: fc.constant('answer'), callId, tag, other: tag, callee, branch }),
  fc.record({ kind: fc.constant('delete'), callId, tag, branch }),
  fc.record({
    kind: fc.constant('switch'),
    user: fc.constantFrom('anna', 'bo'),
    profile: fc.constantFrom('Kundtjänst', 'Lunch'),
  }),
  fc.record({ kind: fc.constant('list'), gone: fc.subarray(callIds), shown: fc.subarray(callIds), callee }),
);

it('whatever the order of events: the books agree, and no profile is one that was not active when the user was first named', () => {
  const run = (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
    let now = noon;
    const acme = new Acme();
    const active = { anna: 'Inne', bo: 'Inne' };
    /** Profile at the moment each user was first named in each call, while that could count. */
    const first = new Map<string, string>();
    const book = new CallBook({ directory: acme, clock: () => now, maxCalls: 3 });
    const follower = new Follower();
    book.subscribe((change) => follower.follow(change));
    const name = (call: string, user: 'anna' | 'bo' | 'queue') => {
      if (user !== 'queue' && !first.has(`${call} ${user}`)) first.set(`${call} ${user}`, active[user]);
    };

    for (const s of steps) {
      now += 10;
      const extra = 'callee' in s ? { metadata: meta(customer, addressOf[s.callee]) } : {};
      const via = 'branch' in s && s.branch !== undefined ? { viaBranch: s.branch } : {};
      switch (s.kind) {
        case 'offer':
          if (book.call(s.callId)?.answeredAt === undefined) name(s.callId, s.callee);
          book.apply(offered(now, s.tag, { callId: s.callId, ...extra, ...via }));
          break;
        case 'answer':
          if (s.tag === s.other) break;
          if (book.knows(s.callId)) name(s.callId, s.callee);
          book.apply(answered(now, s.tag, s.other, { callId: s.callId, ...extra, ...via }));
          break;
        case 'delete':
          book.apply(deleted(now, s.tag, { callId: s.callId, ...via }));
          break;
        case 'switch':
          acme.switch(s.user, s.profile, now);
          active[s.user] = s.profile;
          break;
        case 'list': {
          const shown = s.shown.filter((id) => !s.gone.includes(id));
          const described = new Map(
            shown.map((id) => [id, talking(noon - 60_000, 'a', 'b', extra.metadata)]),
          );
          book.reconcile({
            takenAt: now,
            listed: new Set(callIds.filter((id) => !s.gone.includes(id))),
            described,
          });
          for (const id of s.gone) expect(book.call(id)).toBeUndefined();
          break;
        }
      }
      expect(new Map(Array.from(book.calls(), (call) => [call.callId, call.parties]))).toEqual(
        new Map(Array.from(follower.calls.values(), (call) => [call.callId, call.parties])),
      );
      expect(book.size).toBeLessThanOrEqual(3);
      for (const user of ['anna', 'bo'] as const) {
        const calls = Array.from(book.calls()).filter((call) =>
          call.parties.some((p) => p.user?.name === user),
        );
        expect(new Set(book.callsOf('acme/acme', user))).toEqual(new Set(calls));
      }
      for (const call of book.calls()) {
        expect(new Set(call.parties.map((p) => p.role)).size).toBe(call.parties.length);
        for (const { user, profileAtStart } of call.parties) {
          if (!user || profileAtStart.kind === 'unknown') continue;
          // Switches are stamped after noon, so a call found to be older can know none but the first profile.
          expect([first.get(`${call.callId} ${user.name}`), 'Inne']).toContain(profileAtStart.profile);
        }
      }
    }
  };
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), run), { numRuns: 300 });
});
