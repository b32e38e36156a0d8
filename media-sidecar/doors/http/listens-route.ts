import type { PolicyIndex } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import type { Listen } from '../../listen/listen.ts';
import type { Ask } from './asker.ts';
import { listenView, mayKnow } from './views/listen-view.ts';

export interface ListensParts {
  readonly ask: Ask;
  readonly index: PolicyIndex;
  readonly listens: () => readonly Listen[];
}

interface Route {
  readonly Querystring: { readonly company?: string };
}

const schema = {
  summary: 'The listens on this media node that the one who asks may know of',
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      company: { type: 'string', maxLength: 127, description: 'For machines: whose listens.' },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['listens'],
      properties: { listens: { type: 'array', items: { $ref: 'Listen#' } } },
    },
  },
} as const;

/**
 * `GET /v1/listens`: own ones, those on oneself, and for administrators all of the company; for machines with the verb `list` on
 * `listens` all of the company they name.
 */
export const listensRoute = (app: FastifyInstance, { ask, index, listens }: ListensParts): void => {
  app.get<Route>('/v1/listens', { schema }, async (request) => {
    const asker = await ask(request, request.query.company);
    const seen = listens().filter((listen) =>
      asker.kind === 'person' ? mayKnow(asker.caller, listen) : listen.listener.company === asker.company,
    );
    return { listens: seen.map((listen) => listenView(index, listen)) };
  });
};
