import type { Edit } from '../world/edit-policy.ts';
import type { Stage } from './stage.ts';
import type { Talk } from './talk.ts';

/** A call between two, by the names of {@link Stage.phone}. */
export interface TalkingOf {
  readonly from: string;
  readonly dials: string;
  /** The phone that answers. */
  readonly to: string;
}

/**
 * A call from one to another, answered, until the end of the block; meanwhile it stands on the stage under the name of
 * the one who answered. The edits are in force before it begins.
 */
export async function talking(
  stage: Stage,
  { from, dials, to }: TalkingOf,
  edits: readonly Edit[] = [],
): Promise<AsyncDisposable> {
  const undo = edits.length === 0 ? [] : await stage.edit(edits);
  const phone = await stage.phone(to);
  const customer = await stage.dial(from, dials);
  await customer.answered;
  const colleague = await phone.incoming.next();
  await Promise.all([customer.rtp.hear(5), colleague.rtp.hear(5)]);
  const [name = to] = to.split('-');
  const talk: Talk = { name, phone, colleague, customer, colleagueHz: 0, customerHz: 0 };
  stage.talks.push(talk);
  return {
    [Symbol.asyncDispose]: async () => {
      stage.talks.splice(stage.talks.indexOf(talk), 1);
      await customer.hangUp();
      await colleague.ended;
      if (undo.length > 0) await stage.edit(undo);
    },
  };
}
