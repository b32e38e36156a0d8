import { z } from 'zod';
import type { Sidecar } from '../sidecar/sidecar.ts';
import { deviceSchema, text } from '../sidecar/views.ts';

const person = z.object({ user: text.nullable(), displayName: text.nullable(), number: text });
const attempt = z.object({
  id: text,
  at: text,
  listener: person,
  target: person,
  device: deviceSchema.nullable(),
  reason: text,
  heardFrom: text.nullable(),
  end: z.object({ at: text, reason: text, cause: text.optional() }).nullable(),
  /** For administrators; what else is there is handed on as it came. */
  detail: z.looseObject({ node: text, callId: text.nullable() }).optional(),
});
const answer = z.object({ attempts: z.array(attempt), next: text.nullable() });

/** What a running sidecar tells the one who signed in of the record: what `-o json` prints. */
export type ToldAttempts = z.infer<typeof answer>;

export interface AttemptsAsked {
  readonly listener?: string | undefined;
  readonly target?: string | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** One page. With a listener or a target it may hold few, and not be the last. @throws Unanswered */
export const auditBySidecar = async (asked: AttemptsAsked, sidecar: Sidecar): Promise<ToldAttempts> => {
  const { listener, target, from, until, after, limit } = asked;
  const query = {
    person: listener ?? target,
    from: from?.toISOString(),
    until: until?.toISOString(),
    after,
    limit: String(limit),
  };
  const { attempts, next } = await sidecar.ask({ path: '/v1/audit', query }, answer);
  const isAsked = (one: ToldAttempts['attempts'][number]) =>
    (listener === undefined || one.listener.user === listener) &&
    (target === undefined || one.target.user === target);
  return { attempts: attempts.filter(isAsked), next };
};
