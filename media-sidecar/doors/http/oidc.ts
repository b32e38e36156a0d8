import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Config } from '../../config/config.ts';
import { type Problem, RequestRefused, unauthenticated } from './problem.ts';

type OidcConfig = NonNullable<NonNullable<Config['http']>['auth']['oidc']>;

/** Somebody who signed in at the configured issuer. */
export interface Login {
  /** The token's `sub`: `User.spec.subject`. */
  readonly subject: string;
  /** The issuer says that they administrate their company. */
  readonly isAdministrator: boolean;
  /** When the token ends, ms since the epoch. */
  readonly expiresAt: number;
}

export interface Oidc {
  /** Does the token say that it is of this issuer? Says nothing about whether it is. */
  claims(token: string): boolean;
  /** Who the token was made for. @throws RequestRefused */
  verify(token: string): Promise<Login>;
}

const deadlineMs = 5_000;
/** How long an issuer that could not be asked is left alone. */
const againMs = 2_000;
const clockToleranceSeconds = 5;
/** Signatures by a key pair only: whoever can check one must not be able to make one. */
const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Checks tokens of an OpenID Connect issuer (RFC 7519, RFC 9068) by its published keys, which are fetched when first needed. */
export const createOidc = (config: OidcConfig): Oidc => {
  const { issuer, audience, administrators } = config;
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  const fetchKeys = async () => createRemoteJWKSet(await keysAt(config), { timeoutDuration: deadlineMs });
  const keysOf = () => {
    if (keys) return keys;
    const fetched = fetchKeys();
    keys = fetched;
    fetched.catch(() => setTimeout(() => (keys = undefined), againMs).unref());
    return fetched;
  };

  return {
    claims: (token) => issuerOf(token) === issuer,
    async verify(token) {
      const payload = await verified(token, await keysOf().catch(unavailable));
      const { sub: subject, exp } = payload;
      if (!subject || subject.length > 255 || exp === undefined) throw new RequestRefused(unauthenticated);
      return {
        subject,
        expiresAt: exp * 1000,
        isAdministrator:
          administrators !== undefined && holds(payload[administrators.claim], administrators.value),
      };
    },
  };

  async function verified(token: string, set: ReturnType<typeof createRemoteJWKSet>): Promise<JWTPayload> {
    try {
      const options = { issuer, audience, algorithms, clockTolerance: clockToleranceSeconds };
      return (await jwtVerify(token, set, { ...options, requiredClaims: ['sub', 'exp'] })).payload;
    } catch (error) {
      const isTheirs = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
      if (isTheirs && error.code !== 'ERR_JOSE_GENERIC') throw new RequestRefused(unauthenticated);
      return unavailable(error);
    }
  }
};

/** Where the keys are, by the issuer's own word (OpenID Connect Discovery 1.0 §4) where the configuration does not say. */
const keysAt = async ({ issuer, jwks }: OidcConfig): Promise<URL> => {
  if (jwks !== undefined) return new URL(jwks);
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(deadlineMs),
  });
  const document = discovery.parse(await response.json());
  if (document.issuer !== issuer) throw new TypeError('the document is of another issuer');
  return new URL(document.jwks_uri);
};

const issuerOf = (token: string): string | undefined => {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
};

/** Roles stand in a claim as one text or as a list. */
const holds = (claim: unknown, value: string): boolean =>
  claim === value || (Array.isArray(claim) && claim.includes(value));

const unavailable = (cause: unknown): never => {
  throw new RequestRefused(issuerUnavailable, cause);
};

const issuerUnavailable: Problem = {
  status: 503,
  reason: 'IssuerUnavailable',
  detail: 'The keys of the issuer of your token could not be fetched. Try again.',
};
