import { expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { DecideInput, ProfileAtStart, TargetCall } from './decide-input.ts';
import { askingFrom, madeUpCompany, madeUpUser, startedIn } from './made-up.ts';
import { type Circumstances, circumstances, oracle } from './rules-oracle.ts';

const other = { company: 'beta/beta' };

it('decides every combination of circumstances as rules.md does', () => {
  let [allowed, combinations] = [0, 0];
  const wrong: unknown[] = [];
  for (const circumstance of everyCombination()) {
    combinations++;
    const verdict = decide(inputOf(circumstance));
    const expected = oracle(circumstance);
    const firstNotPassed = verdict.rules.find(({ outcome }) => outcome !== 'passed');
    if (expected === 'Allowed') allowed++;
    if (
      verdict.reason !== expected ||
      (verdict.kind === 'allowed') !== (expected === 'Allowed') ||
      (firstNotPassed?.reason ?? 'Allowed') !== expected
    ) {
      wrong.push({ circumstance, expected, verdict });
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(combinations).toBe(207_360);
  // Everything in order, and at the other end anyone (asked: the target), or a customer or Bo in Inne (asked: both).
  expect(allowed).toBe(6);
});

it('gives who lacks licence or right the same answer whatever the target is or does, or whether it exists', () => {
  const answers = new Map<string, Set<string>>();
  for (const circumstance of everyCombination()) {
    if (circumstance.licence === 'held' && circumstance.right === 'held') continue;
    const { listener, listening, policy, licence, right, device } = circumstance;
    const asker = [listener, listening, policy, licence, right, device].join();
    const answer = decide(inputOf(circumstance)).reason;
    answers.set(asker, (answers.get(asker) ?? new Set()).add(answer));
  }
  expect([...answers].filter(([, reasons]) => reasons.size > 1)).toEqual([]);
  expect(answers.size).toBe(3 * 2 * 2 * 3 * 3);
});

it('looks at nothing of the listener but this: who is alike in it may be told the same of a colleague', () => {
  const looked = new Set<string | symbol>();
  const get = <T extends object>(target: T, key: string | symbol) => {
    looked.add(key);
    return Reflect.get(target, key);
  };
  for (const circumstance of everyCombination()) {
    const input = inputOf(circumstance);
    decide({ ...input, listener: input.listener && new Proxy(input.listener, { get }) });
  }
  // the name is told from the target's, and the revision is only passed on
  expect([...looked].sort()).toEqual(['company', 'licensedAt', 'mayListenAt', 'name', 'revision']);
});

function* everyCombination(): Generator<Circumstances> {
  const keys = Object.keys(circumstances) as (keyof Circumstances)[];
  const total = keys.reduce((product, key) => product * circumstances[key].length, 1);
  for (let number = 0; number < total; number++) {
    let rest = number;
    const entries = keys.map((key) => {
      const choice = circumstances[key][rest % circumstances[key].length];
      rest = Math.floor(rest / circumstances[key].length);
      return [key, choice];
    });
    yield Object.fromEntries(entries);
  }
}

function inputOf(it: Circumstances): DecideInput {
  const listener = {
    name: 'karin',
    licensed: it.licence === 'held',
    mayListen: it.right === 'held',
    ...(it.listener === 'of another company' && other),
  };
  return {
    now: 0,
    company: madeUpCompany({ enabled: it.listening === 'enabled', internalCalls: it.internalCalls }),
    policyAgeMs: it.policy === 'fresh' ? 300_000 : 300_001,
    listener: it.listener === 'stranger' ? undefined : madeUpUser(listener),
    device:
      it.device === 'not known'
        ? { kind: 'unknown' }
        : askingFrom(it.device === 'desk phone' ? 'Desk' : 'MobileApp'),
    target: targetOf(it),
    call: it.call === 'none' ? undefined : callOf(it),
    line: { calls: it.line === 'in a call' ? 1 : 0, listens: it.line === 'listening' ? 1 : 0 },
  };
}

function targetOf(it: Circumstances) {
  const profiles = { inne: !it.call.includes('forbidden'), lunch: it.call.includes('allowed since') };
  switch (it.target) {
    case 'nobody':
      return undefined;
    case 'oneself':
      return madeUpUser({ name: 'karin', profiles });
    case 'of another company':
      return madeUpUser({ name: 'maja', profiles, ...other });
    default:
      return madeUpUser({ name: 'anna', licensed: it.target === 'colleague', profiles });
  }
}

function callOf(it: Circumstances): TargetCall {
  return {
    callId: 'call-1',
    targetProfile: profileAtStart(it.call),
    ...(it.otherEnd !== 'customer' && {
      otherColleague: {
        user: madeUpUser({ name: 'bo', profiles: { inne: true, lunch: false } }),
        profile: profileAtStart(it.otherEnd),
      },
    }),
    listeners: it.others === 'full' ? 2 : 1,
  };
}

function profileAtStart(circumstance: string): ProfileAtStart {
  if (circumstance.includes('unknown')) return { kind: 'unknown' };
  return circumstance.includes('Inne') ? startedIn('inne', true) : startedIn('lunch', false);
}
