import { decide, reasonText } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import { gatherOn, type Knowledge } from '../../listen/gather.ts';
import { identityOn } from '../../listen/identify.ts';
import type { Ask, Asker } from './asker.ts';
import { forbidden } from './authorise.ts';
import { RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';

export interface ExplainParts {
  readonly ask: Ask;
  readonly know: Knowledge;
  /** Brings the book up to date where it may be behind. */
  readonly catchUp: () => Promise<boolean>;
}

interface Route {
  readonly Querystring: {
    readonly listener?: string;
    readonly target: string;
    readonly on?: string;
    readonly company?: string;
  };
}

const user = { type: 'string', minLength: 1, maxLength: 63 } as const;
const schema = {
  summary: 'What would come of an attempt now, rule by rule; nothing is begun and nothing recorded',
  querystring: {
    type: 'object',
    required: ['target'],
    additionalProperties: false,
    properties: {
      listener: { ...user, description: 'metadata.name of a User; the caller where nothing is said.' },
      target: { ...user, examples: ['anna'] },
      on: { ...user, description: 'Device of the listener, or `browser`, as where nothing is said.' },
      company: { type: 'string', maxLength: 127, description: 'For machines: whose people these are.' },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['listener', 'target', 'on', 'names', 'device', 'allowed', 'reason', 'why', 'rules'],
      properties: {
        listener: { type: 'string' },
        target: { type: 'string' },
        on: { type: 'string' },
        names: {
          type: 'object',
          description: 'How people call them; what was asked where nobody in the company has that name.',
          required: ['listener', 'target'],
          properties: { listener: { type: 'string' }, target: { type: 'string' } },
        },
        device: { anyOf: [{ type: 'null' }, { $ref: 'Device#' }] },
        allowed: { type: 'boolean' },
        reason: { type: 'string' },
        why: { type: 'string' },
        rules: {
          type: 'array',
          items: { $ref: 'Rule#' },
          description: 'To the first that fails; for administrators and machines all of them.',
        },
      },
    },
  },
} as const;

/**
 * `GET /v1/explain?listener&target`: the same decision an attempt would get. One may ask about oneself, and is told as much as the
 * attempt would tell; administrators, and machines that may list listens, about anybody of the company.
 */
export const explainRoute = (app: FastifyInstance, { ask, know, catchUp }: ExplainParts): void => {
  app.get<Route>('/v1/explain', { schema }, async (request) => {
    const { listener: named, target, on = 'browser', company: said } = request.query;
    const { company, listener, seesAll } = allowed(await ask(request, said), named);
    await catchUp();
    const { index } = know;
    const row = index.userByName(company, listener);
    const identity = identityOn(index, row, on === 'browser' ? on : { device: on });
    const targetRow = index.userByName(company, target);
    const verdict = decide(gatherOn(know, identity, targetRow).input);
    const { reason, rules } = verdict;
    const { device } = identity;
    const failed = rules.findIndex(({ outcome }) => outcome !== 'passed');
    return {
      listener,
      target,
      on,
      names: { listener: row?.displayName ?? listener, target: targetRow?.displayName ?? target },
      device: device.kind === 'known' ? { name: device.device.name, kind: device.device.kind } : null,
      allowed: verdict.kind === 'allowed',
      reason,
      why: reasonText(reason, identity.company?.language ?? 'en'),
      // what lies behind the first refusal would tell of the target what an attempt does not
      rules: seesAll || failed === -1 ? rules : rules.slice(0, failed + 1),
    };
  });
};

const allowed = (asker: Asker, named: string | undefined) => {
  if (asker.kind === 'machine') return { company: asker.company, listener: named ?? '', seesAll: true };
  const { person, isAdministrator } = asker.caller;
  if (!person) throw new RequestRefused(refusalProblem({ reason: 'ListenerUnknown', language: 'en' }));
  const listener = named ?? person.name;
  if (listener !== person.name && !isAdministrator) throw new RequestRefused(forbidden);
  return { company: person.company, listener, seesAll: isAdministrator };
};
