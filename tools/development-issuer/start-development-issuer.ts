import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TokenOptions {
  /** Roles that the token says its bearer has. */
  readonly roles?: readonly string[];
  /** Seconds from now; default 8 hours, negative: expired already. */
  readonly expiresIn?: number;
  readonly audience?: string;
}

/** An issuer of tokens for the demo and the tests. Its key is made at its start and nobody else has it. */
export interface DevelopmentIssuer {
  /** `iss` of its tokens, where its keys are found too: `http://127.0.0.1:…`. */
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
 * this process. It stands in for the issuer a company has.
 */
export const startDevelopmentIssuer = async (audience = 'medlyssning'): Promise<DevelopmentIssuer> => {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
  let issuer = '';
  const server = createServer(({ url }, response) => {
    const documents: Readonly<Record<string, unknown>> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/jwks` },
      '/jwks': jwks,
    };
    const document = documents[url ?? ''];
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve()),
  );
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    audience,
    config: { issuer, audience, administrators: { claim: 'roles', value: administratorRole } },
    token: (subject, { roles = [], expiresIn = eightHours, audience: other = audience } = {}) =>
      new SignJWT({ roles: [...roles] })
        .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience(other)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
        .sign(privateKey),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
