import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import { type Access, type AuthoriseToken, forbidden } from './authorise.ts';
import { bearerToken } from './bearer-token.ts';
import { RequestRefused, unauthenticated } from './problem.ts';
import { machineNames } from './tls/machine-names.ts';

export type Machines = NonNullable<NonNullable<Config['http']>['auth']['certificates']>;

/** Resolves where the machine that sent this request may do it. @throws RequestRefused */
export type Authorise = (request: Pick<FastifyRequest, 'headers' | 'raw'>, access: Access) => Promise<void>;

export interface AuthoriseMachineParts {
  /** `undefined` where there is no cluster to ask. */
  readonly byToken: AuthoriseToken | undefined;
  /** Machines that prove themselves by a certificate, and what the configuration lets them do. */
  readonly machines: Machines;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** By a token, which the cluster judges; where none is sent, by a certificate. `undefined` where machines can do neither. */
export const createAuthoriseMachine = ({
  byToken,
  machines,
  now,
}: AuthoriseMachineParts): Authorise | undefined => {
  if (!byToken && machines.length === 0) return undefined;
  return async ({ headers, raw }, access) => {
    // who sends a token is judged by it alone: two identities at once are none
    if (headers.authorization !== undefined) {
      if (!byToken) throw new RequestRefused(unauthenticated);
      return byToken(bearerToken(headers.authorization), access);
    }
    const names = machineNames(raw.socket, now());
    const known = machines.filter(({ san }) => names.has(san));
    if (known.length === 0) throw new RequestRefused(unauthenticated);
    if (!known.some((machine) => mayDo(machine, access))) throw new RequestRefused(forbidden);
  };
};

const mayDo = ({ may, namespaces }: Machines[number], { namespace, verb, resource }: Access): boolean =>
  namespaces.includes(namespace) && may.some((what) => what === `${verb} ${resource}`);
