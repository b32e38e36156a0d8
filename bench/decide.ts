import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decide, PolicyIndex } from '@medlyssning/policy';
import type { BenchRow } from './bench-row.ts';
import { companyName, fixedNumber, syntheticPolicies } from './synthetic-policy.ts';

const decisions = 200_000;
const [targetMicroseconds, targetBytes] = [5, 400];

/** Time of one decision, both people looked up in the policy, and memory of the policy, at three sizes. */
export async function run(): Promise<BenchRow[]> {
  return [1_000, 100_000, 1_000_000].flatMap(measure);
}

function measure(users: number): BenchRow[] {
  const before = usedBytes();
  const index = new PolicyIndex();
  for (const policy of syntheticPolicies(users)) index.apply(policy);
  const bytes = (usedBytes() - before) / users;
  decideOften(index, users);
  const times = decideOften(index, users).sort();
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? Number.NaN) / 1000;
  const size = `${users.toLocaleString('en')} users`;
  // The promises are made for the largest size; a small policy's fixed costs are shared by few.
  const promised = users === 1_000_000;
  return [
    { name: `decide p50, ${size}`, value: at(0.5), unit: 'µs' },
    {
      name: `decide p99, ${size}`,
      value: at(0.99),
      unit: 'µs',
      target: `≤ ${targetMicroseconds}`,
      ok: at(0.99) <= targetMicroseconds,
    },
    {
      name: `policy memory, ${size}`,
      value: bytes,
      unit: 'bytes/user',
      ...(promised && { target: `≤ ${targetBytes}`, ok: bytes <= targetBytes }),
    },
  ];
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

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
