import type { NgPassage } from './ng-tap.ts';

/** The steps of a listen from the INVITE to the first mixed packet, one after the other. */
export const stepNames = [
  'INVITE taken',
  'mirror proved, decided',
  'call looked up, attempt on disk',
  'both parties relayed',
  "listener's media taken",
  'sound begun',
  'connected',
  'first mixed packet',
] as const;

/** When a listen was asked for and first heard, on the clock of `performance.now()`. */
export interface Heard {
  readonly invitedAt: number;
  readonly heardAt: number;
}

/**
 * How long each of the steps took, ms, in their order, read from the commands that passed; `undefined` where they are
 * not the commands of one first listen on a call.
 */
export const stepsOf = (
  passages: readonly NgPassage[],
  { invitedAt, heardAt }: Heard,
): readonly number[] | undefined => {
  const during = passages
    .filter(({ askedAt, answeredAt }) => askedAt >= invitedAt && answeredAt <= heardAt)
    .sort((a, b) => a.askedAt - b.askedAt);
  const named = (command: string) => during.filter((passage) => passage.command === command);
  const publishes = named('publish');
  const relaysBegin = named('subscribe request')[0]?.askedAt ?? invitedAt;
  // the first proves that the mirror is not behind, the last asks who talks
  const queries = named('query').filter(({ askedAt }) => askedAt < relaysBegin);
  // 2 relays and the listener
  if (publishes.length !== 3 || queries.length < 2) return undefined;
  const ends = [
    queries[0]?.askedAt,
    queries.at(-1)?.askedAt,
    relaysBegin,
    named('subscribe answer').at(-1)?.answeredAt,
    publishes.at(-1)?.answeredAt,
    named('play media').at(-1)?.answeredAt,
    named('connect').at(-1)?.answeredAt,
    heardAt,
  ];
  const times: number[] = [];
  let before = invitedAt;
  for (const end of ends) {
    if (end === undefined) return undefined;
    times.push(end - before);
    before = end;
  }
  return times;
};
