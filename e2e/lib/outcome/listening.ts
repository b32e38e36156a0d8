import type { AttemptRecord, EndRecord, StartRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import type { Call, CallEnd, CallOptions } from '../phone/index.ts';
import type { Stage } from './stage.ts';
import type { Talk } from './talk.ts';

/** A listen that is up. At the end of the block it is hung up, and all that follows from that awaited. */
export interface Listening extends AsyncDisposable {
  readonly call: Call;
  readonly attempt: AttemptRecord;
  readonly start: StartRecord;
  /** What the target was told at the beginning. */
  readonly told: string;
  /** Resolves with the end and its record, however it comes, and with what the target is told then. */
  ended(): Promise<{ readonly end: CallEnd; readonly record: EndRecord; readonly told: string }>;
  /** The listener hangs up. */
  leave(): ReturnType<Listening['ended']>;
}

/** Who listens to whom. */
export interface ListensOf {
  /** A phone of {@link Stage.phone}. */
  readonly from: string;
  /** What is dialled after `*28*`. */
  readonly dials: string;
  /** Whose call it is. */
  readonly target: Talk;
}

/**
 * Dials and waits until the listen is known everywhere: the listener is answered, it stands in the records, the target
 * has read of it and heard the sound to its end.
 */
export async function listens(
  stage: Stage,
  { from, dials, target }: ListensOf,
  options: CallOptions = {},
): Promise<Listening> {
  const { world } = stage;
  const shown = target.phone.messages;
  const before = (await world.audit()).length;
  const call = await stage.dial(from, `*28*${dials}`, options);
  await call.answered;
  const records = (await world.audit()).slice(before);
  const attempt = records.find((record) => record.record === 'attempt');
  const start = records.find((record) => record.record === 'start');
  if (!attempt || !start) throw new Error('The listen was not recorded before its answer.');
  const told = (await shown.next()).body;
  await target.colleague.rtp.hear(Math.ceil(start.soundMs / 20) + 2);

  const over = async () => {
    const end = await call.ended;
    const record = await world.recorded(
      (one): one is EndRecord => one.record === 'end' && one.id === attempt.id,
    );
    return { end, record, told: (await shown.next()).body };
  };
  let ended: ReturnType<Listening['ended']> | undefined;
  const listen: Listening = {
    call,
    attempt,
    start,
    told,
    ended: () => (ended ??= over()),
    leave: async () => {
      await call.hangUp();
      return listen.ended();
    },
    [Symbol.asyncDispose]: async () => {
      await listen.leave();
    },
  };
  return listen;
}
