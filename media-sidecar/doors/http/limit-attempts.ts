import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, RequestRefused } from './problem.ts';
import type { SignIn } from './sign-in.ts';

/**
 * Of one person: a supervisor who clicks through a team, not a script that rings a sound in everybody's ear. Not of one address, which may
 * be that of a whole office.
 */
const perMinute = 120;

/** A hook that lets each person ask to listen only so often. */
export const limitAttempts = (app: FastifyInstance, signIn: SignIn) => {
  const count = app.createRateLimit({
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: async (request) => (await signIn(request)).subject,
  });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const asked = await count(request);
    if (asked.isAllowed || !asked.isExceeded) return;
    reply.header('retry-after', asked.ttlInSeconds);
    throw new RequestRefused(tooMany);
  };
};

const tooMany: Problem = {
  status: 429,
  reason: 'TooManyRequests',
  detail: `You have asked ${perMinute} times within a minute. Retry-After says when you may again.`,
};
