import { type AdmissionReason, decide, type Verdict } from '@medlyssning/policy';
import type { Facts } from './gather.ts';
import { type Identity, nobody } from './identify.ts';

/**
 * An attempt that a fault of ours keeps from being decided: of the facts only who asks is known, and perhaps not even that. Whoever may
 * not listen at all is told so, as whatever target they name; to the others it failed (rules.md, 3).
 * @param identity `undefined` where it is not known who asks
 * @param now ms since the epoch
 */
export const undecided = (
  identity: Identity | undefined,
  now: number,
): { readonly facts: Facts; readonly reason: AdmissionReason; readonly verdict: Verdict } => {
  const { company, listener, device } = identity ?? nobody;
  const facts: Facts = {
    identity: { company, listener, device },
    input: {
      now,
      company,
      policyAgeMs: 0,
      listener,
      device,
      target: undefined,
      call: undefined,
      line: { calls: 0, listens: 0 },
    },
    subject: undefined,
  };
  const asked = decide(facts.input);
  const reason = identity && asked.reason !== 'TargetUnknown' ? asked.reason : 'MediaFailed';
  // the rules that ask about the listener alone; what the others asked for was never looked up
  const ofListener = asked.rules.findIndex((rule) => rule.reason === 'TargetUnknown');
  const rules = identity ? asked.rules.slice(0, ofListener) : [];
  return { facts, reason, verdict: { ...asked, reason, rules } };
};
