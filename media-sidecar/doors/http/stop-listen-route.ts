import type { EndReason } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import type { Listen } from '../../listen/listen.ts';
import { nowhere } from './authorise.ts';
import type { Authorise } from './authorise-machine.ts';
import { bearerToken } from './bearer-token.ts';
import { type Problem, RequestRefused, unauthenticated } from './problem.ts';
import { problems } from './schemas.ts';
import type { Caller, SignIn } from './sign-in.ts';
import { samePerson } from './views/person-view.ts';

export interface StopListenParts {
  /** Is this a token of somebody who signs in? Else a machine's. */
  readonly isLogin: (token: string) => boolean;
  readonly signIn: SignIn;
  /** `undefined` where no machine can prove itself. */
  readonly authorise: Authorise | undefined;
  /** Listens up or being set up on this node. */
  readonly listens: () => readonly Listen[];
}

interface Route {
  readonly Params: { readonly id: string };
}

const schema = {
  summary: 'End a listen',
  response: {
    204: { type: 'null', description: 'It has ended, and its media is down.' },
    ...problems(404),
  },
  params: { type: 'object', properties: { id: { type: 'string', minLength: 1, maxLength: 64 } } },
} as const;

/**
 * `DELETE /v1/listens/{id}`: ends a listen on this node; `id` is the one in its audit record. Answers 204 once its media is down.
 * Whoever listens may (`ListenerHungUp`), and an administrator of their company (`Stopped`); by the word of the cluster or of the
 * configuration, a machine that has the verb `delete` on `listens` in the namespace of that company. All others are told the same whether or not there is such a listen.
 */
export const stopListenRoute = (app: FastifyInstance, parts: StopListenParts): void => {
  const { isLogin, signIn, authorise, listens } = parts;
  app.delete<Route>('/v1/listens/:id', { schema }, async (request, reply) => {
    const listen = listens().find(({ id }) => id === request.params.id);
    const token = bearerToken(request.headers.authorization);
    let reason: EndReason = 'Stopped';
    if (token !== undefined && isLogin(token)) reason = reasonFor(await signIn(request), listen);
    else if (authorise) {
      const namespace = listen?.listener.company.split('/')[0] ?? nowhere;
      await authorise(request, { namespace, verb: 'delete', resource: 'listens' });
    } else throw new RequestRefused(unauthenticated);
    if (!listen) throw new RequestRefused(listenUnknown);
    listen.end(reason);
    await listen.closed;
    return reply.code(204).send();
  });
};

/** @throws RequestRefused where this caller may not end it */
const reasonFor = ({ person, isAdministrator }: Caller, listen: Listen | undefined): EndReason => {
  if (!person || listen?.listener.company !== person.company) throw new RequestRefused(listenUnknown);
  if (samePerson(listen.listener, person)) return 'ListenerHungUp';
  if (isAdministrator) return 'Stopped';
  throw new RequestRefused(samePerson(listen.target, person) ? notYours : listenUnknown);
};

const notYours: Problem = {
  status: 403,
  reason: 'Forbidden',
  detail: 'Whoever is listened to cannot end it. Speak with the one who listens, or with your administrator.',
};

export const listenUnknown: Problem = {
  status: 404,
  reason: 'ListenUnknown',
  detail:
    'This media node has no such listen up. Look for its end in the audit record, or ask the other nodes.',
};
