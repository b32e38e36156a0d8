import type { FastifyInstance } from 'fastify';
import type { Listen } from '../../listen/listen.ts';
import { type Authorise, nowhere } from './authorise.ts';
import { bearerToken } from './bearer-token.ts';
import { type Problem, RequestRefused } from './problem.ts';

export interface StopListenParts {
  readonly authorise: Authorise;
  /** Listens up or being set up on this node. */
  readonly listens: () => readonly Listen[];
}

interface Route {
  readonly Params: { readonly id: string };
}

const schema = {
  params: { type: 'object', properties: { id: { type: 'string', minLength: 1, maxLength: 64 } } },
} as const;

/**
 * `DELETE /v1/listens/{id}`: ends a listen on this node (`Stopped`); `id` is the one in its audit record. Answers 204 once its
 * media is down. Needs the verb `delete` on `listens` in the namespace of the listener's company; who lacks it is told the
 * same whether or not there is such a listen.
 */
export const stopListenRoute = (app: FastifyInstance, { authorise, listens }: StopListenParts): void => {
  app.delete<Route>('/v1/listens/:id', { schema }, async ({ params, headers }, reply) => {
    const listen = listens().find(({ id }) => id === params.id);
    const namespace = listen?.listener.company.split('/')[0] ?? nowhere;
    await authorise(bearerToken(headers.authorization), { namespace, verb: 'delete', resource: 'listens' });
    if (!listen) throw new RequestRefused(noSuchListen);
    listen.end('Stopped');
    await listen.closed;
    return reply.code(204).send();
  });
};

const noSuchListen: Problem = {
  status: 404,
  reason: 'ListenUnknown',
  detail:
    'This media node has no such listen up. Look for its end in the audit record, or ask the other nodes.',
};
