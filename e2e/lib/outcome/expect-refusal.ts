import { expect } from 'vitest';
import type { Call, CallOptions } from '../phone/index.ts';
import { revisionsOf } from '../world/edit-policy.ts';
import { attempt } from './attempt.ts';
import { aboutCall, aboutListener, aboutTarget, type RuleName, ruleOutcomes } from './rule-outcomes.ts';
import { refusalWith, sipAnswer } from './sip-answer.ts';
import type { Stage } from './stage.ts';
import { nothingNoticed, witness } from './witness.ts';

/** An attempt that is refused, and all that is to come of it. */
export interface Refusal {
  /** What is the case, as a sentence's end. */
  readonly name: string;
  /** Device in `examples/`, or the number of a SIM. */
  readonly from: string;
  /** What is dialled after `*28*`. */
  readonly dials: string;
  /** How `to` is dialled, where not as {@link Stage.dial} does. */
  readonly dial?: (to: string, options: CallOptions) => Promise<Call>;
  /** More headers, forged ones. */
  readonly headers?: readonly string[];
  /** What is done before, and undone after. */
  readonly given?: (stage: Stage) => Promise<AsyncDisposable>;
  readonly answer: readonly [status: number, code: string];
  /** Who dials, as recorded: `karin +46…401 karin-desk`; `-` for what is not known. */
  readonly listener: string;
  /** Whom, as recorded: `anna +46…403`. */
  readonly target: string;
  readonly failed: readonly RuleName[];
  readonly notAsked?: readonly RuleName[];
  /** How many revisions of the listener's company's policy the decision rests on: its own, and the target's. */
  readonly revisions?: 0 | 1 | 2;
  /** Where the YAML is that the node decides by; default: where it stands in this world. */
  readonly policyDir?: string;
}

/** `Filip, who has the right without the licence: 403 ListenerLicenseMissing` */
export function titleOf({ name, answer }: Refusal): string {
  return `${name}: ${answer.join(' ')}`;
}

/** Tries it and compares the SIP answer, the record and what every party and the listener heard and saw. */
export async function expectRefusal(stage: Stage, refusal: Refusal): Promise<void> {
  const { from, dials, headers = [], given, answer, failed, notAsked = [], revisions = 2 } = refusal;
  const { dial = (to: string, options: CallOptions) => stage.dial(from, to, options) } = refusal;
  await using _ = await given?.(stage);
  const look = witness(stage.talks);
  const sim = from.startsWith('+');
  const { end, records, ear } = await attempt(
    stage.world,
    (offer) => dial(`*28*${dials}`, { ...offer, headers }),
    sim ? '127.0.0.3' : '127.0.0.1',
  );
  const [status, code] = answer;
  expect(sipAnswer(end), 'SIP answer').toEqual(refusalWith(status, code));

  const [record, ...others] = records;
  expect(others, 'further records').toEqual([]);
  if (record?.record !== 'attempt') throw new Error('The attempt was not recorded.');
  const policy = await revisionsOf(refusal.policyDir ?? stage.world.place.policyDir, 'acme');
  expect(
    {
      reason: record.reason,
      listener: [record.listener.user ?? '-', record.listener.number, record.device?.name ?? '-'].join(' '),
      target: [record.target.user ?? '-', record.target.number].join(' '),
      callId: record.callId,
      policyRevisions: record.policyRevisions,
      rules: ruleOutcomes(record),
    },
    'audit record',
  ).toEqual({
    reason: code,
    listener: refusal.listener,
    target: refusal.target,
    callId: callIdOf(stage, refusal),
    policyRevisions: Array.from({ length: revisions }, () => policy[0]),
    rules: { failed, notAsked, all: [...aboutListener, ...aboutTarget, ...aboutCall] },
  });

  expect(await look(), 'what the parties noticed').toEqual(nothingNoticed);
  expect(ear.received.length, 'RTP packets to the listener').toBe(0);
  await ear.close();
}

/** The call the target is in; with several, the one that was answered last. */
function callIdOf(stage: Stage, { target }: Refusal): string | null {
  const [name] = target.split(' ');
  return stage.talks.findLast((talk) => talk.name === name)?.customer.callId ?? null;
}
