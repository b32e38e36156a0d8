import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createSignInDesk, type SignInPerson } from './sign-in-desk.ts';

export interface TokenOptions {
  /** Roles that the token says its bearer has. */
  readonly roles?: readonly string[];
  /** Seconds from now; default 8 hours, negative: expired already. */
  readonly expiresIn?: number;
  readonly audience?: string;
}

export interface DevelopmentIssuerOptions {
  /** Default `medlyssning`. */
  readonly audience?: string;
  /** Who may sign in on its page, by a click on their name. Default: nobody. */
  readonly people?: readonly SignInPerson[];
  /** How long a token from its page lasts, seconds; default 8 hours. */
  readonly tokenSeconds?: number;
  /** For those on other machines: the IPv4 address where it is, and its key and certificate, both PEM. Default: this machine alone. */
  readonly at?: { readonly address: string; readonly key: string; readonly certificate: string };
}

/** An issuer of tokens for the demo and the tests. Its key is made at its start and nobody else has it. */
export interface DevelopmentIssuer {
  /** `iss` of its tokens, where its keys are found too: `http://127.0.0.1:…`, or `https` where it is {@link DevelopmentIssuerOptions.at}. */
  readonly issuer: string;
  readonly audience: string;
  /** What to write as `http.auth.oidc`. */
  readonly config: {
    readonly issuer: string;
    readonly audience: string;
    readonly administrators: { readonly claim: string; readonly value: string };
  };
  /** A token for whoever has this `User.spec.subject`. Nothing is asked of them. */
  token(subject: string, options?: TokenOptions): Promise<string>;
  close(): Promise<void>;
}

/** The role by which a token says that its bearer administrates their company. */
export const administratorRole = 'medlyssning-administrator';

const eightHours = 8 * 3600;
const alg = 'ES256';
const kid = 'development';

/**
 * Starts an OpenID Connect issuer on this machine, which signs whatever it is asked to: keys by discovery, tokens by a call of
 * this process, and by a page on which people choose who they are. It stands in for the issuer a company has.
 */
export const startDevelopmentIssuer = async ({
  audience = 'medlyssning',
  people = [],
  tokenSeconds = eightHours,
  at,
}: DevelopmentIssuerOptions = {}): Promise<DevelopmentIssuer> => {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
  let issuer = '';
  const sign = (
    claims: Readonly<Record<string, unknown>>,
    of: { subject: string; audience: string; typ: string; expiresIn: number },
  ) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg, kid, typ: of.typ })
      .setIssuer(issuer)
      .setSubject(of.subject)
      .setAudience(of.audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + of.expiresIn)
      .sign(privateKey);
  const token: DevelopmentIssuer['token'] = (
    subject,
    { roles = [], expiresIn = eightHours, audience: other = audience } = {},
  ) => sign({ roles: [...roles] }, { subject, audience: other, typ: 'at+jwt', expiresIn });

  const desk = createSignInDesk({
    people,
    tokenSeconds,
    accessToken: ({ subject, roles = [] }) => token(subject, { roles, expiresIn: tokenSeconds }),
    idToken: ({ subject }, { clientId, nonce }) =>
      sign(
        { ...(nonce !== undefined && { nonce }) },
        { subject, audience: clientId, typ: 'JWT', expiresIn: tokenSeconds },
      ),
  });
  const documents = (): Readonly<Record<string, unknown>> => ({
    '/.well-known/openid-configuration': {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/end-session`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: [alg],
    },
    '/jwks': jwks,
  });
  const answer: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    const document = documents()[pathname];
    if (document === undefined) return desk(request, response);
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    response.end(JSON.stringify(document));
  };
  const server = at ? createTlsServer({ key: at.key, cert: at.certificate }, answer) : createServer(answer);
  const address = at?.address ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(0, address, () => resolve()),
  );
  issuer = `${at ? 'https' : 'http'}://${address}:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    audience,
    config: { issuer, audience, administrators: { claim: 'roles', value: administratorRole } },
    token,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
