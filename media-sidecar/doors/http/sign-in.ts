import type { PolicyIndex } from '@medlyssning/policy';
import type { FastifyRequest } from 'fastify';
import type { Person } from '../../registry/line-registry.ts';
import { bearerToken, maxToken } from './bearer-token.ts';
import type { Login, Oidc } from './oidc.ts';
import { RequestRefused, unauthenticated } from './problem.ts';

/** Who sent a request. */
export interface Caller extends Login {
  /** The User with that login; `undefined` where there is none, or there are two. */
  readonly person: Person | undefined;
}

/** Who signed in, by the token of this request. @throws RequestRefused */
export type SignIn = (request: Pick<FastifyRequest, 'headers'>) => Promise<Caller>;

export interface SignInParts {
  /** `undefined` where people cannot sign in. */
  readonly oidc: Oidc | undefined;
  readonly index: PolicyIndex;
}

/** Asked again about the same request, it says the same. */
export const createSignIn = ({ oidc, index }: SignInParts): SignIn => {
  const known = new WeakMap<object, Promise<Caller>>();
  const callerOf = async ({ headers }: Pick<FastifyRequest, 'headers'>): Promise<Caller> => {
    const token = bearerToken(headers.authorization);
    if (!oidc || token === undefined || token.length > maxToken) throw new RequestRefused(unauthenticated);
    const login = await oidc.verify(token);
    const row = index.userBySubject(login.subject);
    return { ...login, person: row && { company: row.company, name: row.name } };
  };
  return (request) => {
    const caller = known.get(request) ?? callerOf(request);
    known.set(request, caller);
    return caller;
  };
};
