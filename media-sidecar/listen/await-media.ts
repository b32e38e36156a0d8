import { context } from '@opentelemetry/api';
import type { Admitted, Refused } from './ask.ts';
import type { AdmittedAttempt } from './decide-attempt.ts';
import type { ListenLife } from './listen-life.ts';
import { reasonOfEnd } from './reason-of-end.ts';

/** How long an admitted attempt keeps its line while its media is awaited, ms: a browser needs some 100 ms to make an offer. */
const mediaWithinMs = 10_000;

/** Keeps an admitted attempt until its media comes; gives it up where none comes in time, or where it is ended before. */
export const awaitMedia = (life: ListenLife, attempt: AdmittedAttempt): Admitted => {
  const { listen, recorded, language, verdict } = attempt;
  // looked at when it joins; it need not come to that
  recorded.catch(() => {});
  let awaited = true;
  const refusedLate = (): Refused => {
    return { kind: 'refused', reason: reasonOfEnd(listen.signal.reason, listen.cause), language, verdict };
  };
  const late = setTimeout(() => listen.end('ListenerHungUp'), mediaWithinMs);
  void listen.ended.then((reason) => {
    clearTimeout(late);
    if (awaited) void life.giveUp(attempt, reason, reasonOfEnd(reason, listen.cause));
  });
  return {
    kind: 'admitted',
    id: listen.id,
    askedIn: context.active(),
    ended: listen.ended,
    end: (reason) => listen.end(reason),
    join: async (media) => {
      if (listen.signal.aborted) return refusedLate();
      awaited = false;
      clearTimeout(late);
      return life.join(attempt, media);
    },
  };
};
