import type { FastifyInstance } from 'fastify';
import type { Knowledge } from '../../listen/gather.ts';
import { identityOn } from '../../listen/identify.ts';
import type { Listen } from '../../listen/listen.ts';
import { RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';
import type { ColleagueList } from './views/colleague-list.ts';
import { colleagueView } from './views/colleague-view.ts';
import { meView } from './views/me-view.ts';

export interface ColleaguesParts {
  readonly signIn: SignIn;
  readonly know: Knowledge;
  readonly list: ColleagueList;
  readonly listens: () => readonly Listen[];
}

interface Route {
  readonly Querystring: { readonly search?: string; readonly from?: string; readonly limit?: string };
}

const digits = { type: 'string', pattern: '^[0-9]{1,6}$' } as const;
const schema = {
  summary: 'The colleagues of the one who asks, and whom of them they may listen to now',
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      search: {
        type: 'string',
        maxLength: 100,
        description: 'Beginnings of words of a name, in any order, or of an extension.',
      },
      from: { ...digits, description: '`next` of the page before.' },
      limit: { ...digits, description: 'At most 500; 200 where nothing is said.' },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['me', 'colleagues', 'next'],
      properties: {
        me: { $ref: 'Me#' },
        colleagues: { type: 'array', items: { $ref: 'Colleague#' } },
        next: { type: ['integer', 'null'] },
      },
    },
  },
} as const;

/** `GET /v1/colleagues`: everybody of the own company in the order of their names, with the decision an attempt would get now. */
export const colleaguesRoute = (app: FastifyInstance, parts: ColleaguesParts): void => {
  const { signIn, know, list, listens } = parts;
  app.get<Route>('/v1/colleagues', { schema }, async (request) => {
    const caller = await signIn(request);
    const { person } = caller;
    const me = person && meView(know, caller, person, listens());
    if (!person || !me)
      throw new RequestRefused(refusalProblem({ reason: 'ListenerUnknown', language: 'en' }));
    const { search = '', from = '0', limit = '200' } = request.query;
    const { names, next } = list.page(person.company, {
      search,
      from: Number(from),
      limit: Math.min(Number(limit), 500),
    });
    const identity = identityOn(know.index, know.index.userByName(person.company, person.name), 'browser');
    const colleagues = names
      .filter((name) => name !== person.name)
      .flatMap((name) => know.index.userByName(person.company, name) ?? [])
      .map((row) => colleagueView(know, identity, row));
    return { me, colleagues, next };
  });
};
