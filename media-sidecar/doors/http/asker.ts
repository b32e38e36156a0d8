import type { PolicyIndex } from '@medlyssning/policy';
import type { FastifyRequest } from 'fastify';
import { nowhere } from './authorise.ts';
import type { Authorise } from './authorise-machine.ts';
import { bearerToken } from './bearer-token.ts';
import { companyNamed } from './company-named.ts';
import { RequestRefused, unauthenticated } from './problem.ts';
import type { Caller, SignIn } from './sign-in.ts';

/** Who asks for something that people and machines may ask for: machines say the company, people have one. */
export type Asker =
  | { readonly kind: 'person'; readonly caller: Caller }
  /** By the word of the cluster, or of the configuration, they may see the listens of this company. */
  | { readonly kind: 'machine'; readonly company: string };

export type Ask = (
  request: Pick<FastifyRequest, 'headers' | 'raw'>,
  company: string | undefined,
) => Promise<Asker>;

export interface AskerParts {
  readonly index: PolicyIndex;
  /** Is this a token of somebody who signs in? Else a machine's. */
  readonly isLogin: (token: string) => boolean;
  readonly signIn: SignIn;
  /** `undefined` where no machine can prove itself. */
  readonly authorise: Authorise | undefined;
}

/** Machines need the verb `list` on `listens` in the company's namespace. */
export const createAsker =
  ({ index, isLogin, signIn, authorise }: AskerParts): Ask =>
  async (request, company) => {
    const token = bearerToken(request.headers.authorization);
    if (token !== undefined && isLogin(token)) return { kind: 'person', caller: await signIn(request) };
    if (!authorise) throw new RequestRefused(unauthenticated);
    const key = company === undefined ? undefined : companyNamed(index, company);
    await authorise(request, { namespace: key?.split('/')[0] ?? nowhere, verb: 'list', resource: 'listens' });
    return { kind: 'machine', company: key ?? '' };
  };
