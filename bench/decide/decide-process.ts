import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decide, PolicyIndex } from '@medlyssning/policy';
import { median, percentile } from '../percentile.ts';
import { companyName, fixedNumber, syntheticPolicies } from '../synthetic-policy.ts';

/** What one decision takes, and one user in memory. */
export interface Figures {
  /** µs. */
  readonly p50: number;
  /** µs. */
  readonly p99: number;
  readonly bytesPerUser: number;
}

/** The first round makes the code warm; of the others the median counts, so that a neighbour's burst does not. */
const [rounds, decisions] = [6, 100_000];

/** Measures among so many users; the process has to do nothing else. */
async function measure(users: number): Promise<Figures> {
  const before = await usedBytes();
  const index = new PolicyIndex();
  for (const policy of syntheticPolicies(users)) index.apply(policy);
  const bytesPerUser = ((await usedBytes()) - before) / users;
  const measured = Array.from({ length: rounds }, () => {
    const times = decideOften(index, users);
    return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  }).slice(1);
  return {
    p50: median(measured.map((round) => round.p50)) / 1000,
    p99: median(measured.map((round) => round.p99)) / 1000,
    bytesPerUser,
  };
}

/** Nanoseconds of each decision: random listeners and colleagues of theirs, looked up by names fresh from a message. */
function decideOften(index: PolicyIndex, users: number): Float64Array {
  const times = new Float64Array(decisions);
  let allowed = 0;
  for (let i = 0; i < decisions; i++) {
    const company = Math.floor((Math.random() * users) / 1000);
    const companyKey = received(`${companyName(company)}/${companyName(company)}`);
    const listener = received(`user-${company * 1000 + 10 * Math.floor(Math.random() * 100)}`);
    const number = received(fixedNumber(company * 1000 + Math.floor(Math.random() * 1000)));
    const start = process.hrtime.bigint();
    const verdict = decide({
      now: 1_767_225_600_000,
      company: index.company(companyKey),
      policyAgeMs: 0,
      listener: index.userByName(companyKey, listener),
      device: { kind: 'known', device: { name: 'desk', kind: 'Desk' } },
      target: index.userByNumber(number),
      call: {
        callId: 'call',
        targetProfile: { kind: 'known', profile: 'kundtjanst', allowed: true },
        listeners: 0,
      },
      line: { calls: 0, listens: 0 },
    });
    times[i] = Number(process.hrtime.bigint() - start);
    if (verdict.kind === 'allowed') allowed++;
  }
  // Now and then one draws oneself; were it often, the bench would time refusals.
  if (allowed < 0.95 * decisions)
    throw new Error('Most decisions were refused; the made-up policy is wrong.');
  return times;
}

/** One flat string, as a parser gives it; a template gives a tree that is flattened when first read. */
function received(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** What is in use once all garbage is gone: buffers go a moment after their owners. */
async function usedBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let round = 0; round < 3; round += 1) {
    if (typeof collect === 'function') collect();
    await pause(50);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const figures = await measure(Number(process.argv[2]));
process.send?.(figures);
