import { setTimeout as pause } from 'node:timers/promises';
import type { Pbx } from '@medlyssning/media-sidecar/observe/pbx.fixture.ts';
import type { Agent } from './companies.ts';

/** A call of this agent was answered, or ended. */
export interface Change {
  readonly agent: Agent;
  readonly inCall: boolean;
  /** When the PBX told rtpengine, ms since the epoch. */
  readonly at: number;
}

const betweenMs = 10;

/**
 * Lets the call of one agent be answered and that of another end, in turn, one of them every 10 ms; in the end nobody is in a call.
 * @returns what changed, in that order
 */
export const changeCalls = async (
  pbx: Pbx,
  agents: readonly Agent[],
  seconds: number,
): Promise<readonly Change[]> => {
  const changes: Change[] = [];
  const inCall: Agent[] = [];
  const idle = [...agents];
  const begun = performance.now();
  const under: Promise<void>[] = [];
  const most = agents.length / 2;
  for (let n = 0; performance.now() < begun + 1000 * seconds || inCall.length > 0; n += 1) {
    const early = begun + n * betweenMs - performance.now();
    if (early > 0) await pause(early);
    const isOver = performance.now() >= begun + 1000 * seconds;
    const ends = isOver || inCall.length >= most || (n % 2 === 1 && inCall.length > most / 2);
    const agent = (ends ? inCall : idle).shift();
    if (!agent) continue;
    (ends ? idle : inCall).push(agent);
    const callId = `${agent.company}-${agent.name}`;
    under.push(ends ? end(agent, callId) : begin(agent, callId));
  }
  await Promise.all(under);
  return changes;

  async function begin(agent: Agent, callId: string): Promise<void> {
    const metadata = `domain:${agent.company}.example|caller:+46701111111|callee:${agent.fixedNumber}`;
    await pbx.offer(callId, 'a', { metadata });
    changes.push({ agent, inCall: true, at: performance.timeOrigin + performance.now() });
    await pbx.answer(callId, 'a', 'b', { metadata });
  }
  async function end(agent: Agent, callId: string): Promise<void> {
    changes.push({ agent, inCall: false, at: performance.timeOrigin + performance.now() });
    await pbx.delete(callId, { 'from-tag': 'a' });
  }
};
