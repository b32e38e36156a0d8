import type { PolicyIndex } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import type { ProfileSwitch, SwitchOutcome, SwitchRefusal } from '../../policy/switch-active-profile.ts';
import { forbidden, nowhere } from './authorise.ts';
import type { Authorise } from './authorise-machine.ts';
import { companyNamed } from './company-named.ts';
import { type Problem, RequestRefused } from './problem.ts';
import { problems } from './schemas.ts';

export interface ActiveProfileParts {
  readonly index: PolicyIndex;
  readonly authorise: Authorise;
  readonly switchProfile: (of: ProfileSwitch) => Promise<SwitchOutcome>;
  /** ms since the epoch. */
  readonly now: () => number;
}

interface Route {
  readonly Params: { readonly company: string; readonly user: string };
  readonly Body: { readonly profile: string; readonly since?: string };
}

const schema = {
  summary: 'The PBX says which profile is active (R4)',
  response: {
    200: {
      type: 'object',
      required: ['profile', 'since'],
      properties: {
        profile: { type: 'string' },
        since: { type: 'string', format: 'date-time' },
        previous: { type: 'string' },
      },
    },
    ...problems(404, 409, 422),
  },
  params: {
    type: 'object',
    properties: {
      company: { type: 'string', minLength: 1, maxLength: 127 },
      user: { type: 'string', minLength: 1, maxLength: 63 },
    },
  },
  body: {
    type: 'object',
    required: ['profile'],
    additionalProperties: false,
    properties: {
      profile: { type: 'string', minLength: 1, maxLength: 63 },
      since: { type: 'string', format: 'date-time', maxLength: 35 },
    },
  },
} as const;

/**
 * `PUT /v1/users/{company}/{user}/active-profile` `{"profile": "lunch", "since": "2026-11-24T12:00:00Z"}`: the PBX says which
 * profile is active (R4). The company is named by its name where there is one of it, else as `namespace%2Fname`. Needs the
 * verb `switch` on `users` in the company's namespace. Without `since` it is from now on.
 */
export const activeProfileRoute = (app: FastifyInstance, parts: ActiveProfileParts): void => {
  const { index, authorise, switchProfile, now } = parts;
  app.put<Route>(
    path,
    {
      schema,
      // behind the limit of requests, and before the body: whoever may not switch is told nothing about it
      async preParsing(request) {
        const namespace = companyNamed(index, request.params.company)?.split('/')[0] ?? nowhere;
        await authorise(request, { namespace, verb: 'switch', resource: 'users' });
      },
    },
    async ({ params, body }) => {
      const company = companyNamed(index, params.company);
      if (company === undefined) throw new RequestRefused(forbidden);
      const since = body.since === undefined ? now() : Date.parse(body.since);
      if (Number.isNaN(since)) throw new RequestRefused(noMoment);
      const outcome = await switchProfile({ company, user: params.user, profile: body.profile, since });
      if (outcome.kind === 'refused') throw new RequestRefused(refusals[outcome.reason]);
      if (outcome.kind === 'unwritten') throw new RequestRefused(unwritten, outcome.cause);
      const { active, previous } = outcome;
      return {
        profile: active.name,
        since: new Date(active.since).toISOString(),
        ...(previous !== undefined && { previous }),
      };
    },
  );
};

/** The same address where the policy is a directory. */
export const activeProfileInDirectory = (app: FastifyInstance): void => {
  app.put(
    path,
    { schema: { summary: schema.summary, params: schema.params, response: problems(501), security: [] } },
    () => {
      throw new RequestRefused(inDirectory);
    },
  );
};

const path = '/v1/users/:company/:user/active-profile';

const inDirectory: Problem = {
  status: 501,
  reason: 'ProfileInDirectory',
  detail: 'The policy comes from a directory of YAML. Write status.activeProfile of the User there.',
};

const noMoment: Problem = {
  status: 400,
  reason: 'RequestInvalid',
  detail: 'body/since is no moment that there was. Write it like 2026-01-31T08:00:00Z.',
};

const refusals: Readonly<Record<SwitchRefusal, Problem>> = {
  UserUnknown: {
    status: 404,
    reason: 'UserUnknown',
    detail: 'The company has no such user in force. Name the User by its metadata.name.',
  },
  ProfileUnknown: {
    status: 422,
    reason: 'ProfileUnknown',
    detail: 'The user has no such profile in force. Name one of the profiles of the User.',
  },
  SinceInFuture: {
    status: 422,
    reason: 'SinceInFuture',
    detail: 'since lies in the future. Compare the clocks, or say the switch when it happens.',
  },
  SinceTooOld: {
    status: 409,
    reason: 'SinceTooOld',
    detail: 'A later switch of this user is known already. Nothing was changed.',
  },
};

const unwritten: Problem = {
  status: 503,
  reason: 'ClusterUnavailable',
  detail:
    'The switch could not be written to the cluster. Send it again, with the same since. A profile that forbids listening is in effect on this node already.',
};
