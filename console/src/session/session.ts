import * as oauth from 'oauth4webapi';
import type { Settings } from './settings.ts';

/** Somebody who is signed in. The tokens are kept in memory alone. */
export interface Session {
  /** A token that is valid now. @throws SessionOver */
  token(): Promise<string>;
  /** Leaves the issuer too, where it has an address for that. */
  signOut(): void;
}

/** Nobody is signed in any longer. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver';
}

/** What must outlive the way to the issuer and back. */
interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

const pendingKey = 'medlyssning.pending';
/** Who was signed in in this tab: after a reload the issuer is asked at once. */
const signedInKey = 'medlyssning.signed-in';
/** A token that ends so soon is not used any more, ms. */
const marginMs = 30_000;

const redirectUri = () => `${location.origin}/`;

/** OAuth on this machine may go without TLS: the development issuer does. */
const options = ({ issuer }: Settings) => ({
  [oauth.allowInsecureRequests]: ['127.0.0.1', 'localhost'].includes(new URL(issuer).hostname),
});

const discover = async (settings: Settings): Promise<oauth.AuthorizationServer> => {
  const issuer = new URL(settings.issuer);
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...options(settings) });
  return oauth.processDiscoveryResponse(issuer, response);
};

/** Was somebody signed in in this tab, before it was loaded anew? */
export const wasSignedIn = (): boolean => sessionStorage.getItem(signedInKey) !== null;

/** Goes to the issuer (OAuth 2.0 authorization code flow with PKCE, RFC 7636). The page is left. */
export const signIn = async (settings: Settings): Promise<void> => {
  const server = await discover(settings);
  if (!server.authorization_endpoint) throw new Error('The issuer has no authorization endpoint.');
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint);
  const hint = sessionStorage.getItem(signedInKey);
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirectUri(),
    scope: settings.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ...(hint && { login_hint: hint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
};

/** The session that the way to the issuer has brought; `undefined` where one does not come from there. */
export const returned = async (settings: Settings): Promise<Session | undefined> => {
  const url = new URL(location.href);
  const stored = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  if (!url.searchParams.has('state')) return undefined;
  history.replaceState(null, '', '/');
  if (stored === null) return undefined;
  const pending = JSON.parse(stored) as Pending;
  const server = await discover(settings);
  const client = { client_id: settings.clientId };
  const parameters = oauth.validateAuthResponse(server, client, url, pending.state);
  const answer = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri(),
      pending.verifier,
      options(settings),
    ),
    { expectedNonce: pending.nonce, requireIdToken: true },
  );
  sessionStorage.setItem(signedInKey, oauth.getValidatedIdTokenClaims(answer)?.sub ?? '');
  return sessionOf(settings, server, answer);
};

const sessionOf = (
  settings: Settings,
  server: oauth.AuthorizationServer,
  first: oauth.TokenEndpointResponse,
): Session => {
  const client = { client_id: settings.clientId };
  let tokens = first;
  let endsAt = endOf(first);
  let renewing: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    if (tokens.refresh_token === undefined) throw new SessionOver();
    const answer = await oauth
      .refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token, options(settings))
      .then((response) => oauth.processRefreshTokenResponse(server, client, response))
      .catch((error) => {
        throw error instanceof oauth.ResponseBodyError ? new SessionOver() : error;
      });
    tokens = { ...tokens, ...answer };
    endsAt = endOf(answer);
    return answer.access_token;
  };

  return {
    async token() {
      if (Date.now() < endsAt - marginMs) return tokens.access_token;
      renewing ??= renew().finally(() => (renewing = undefined));
      return renewing;
    },
    signOut() {
      sessionStorage.removeItem(signedInKey);
      const { end_session_endpoint: end } = server;
      if (end === undefined) return location.assign('/');
      const url = new URL(end);
      url.searchParams.set('client_id', settings.clientId);
      url.searchParams.set('post_logout_redirect_uri', redirectUri());
      if (first.id_token) url.searchParams.set('id_token_hint', first.id_token);
      location.assign(url);
    },
  };
};

/** An issuer that does not say how long is asked again after five minutes. */
const endOf = ({ expires_in: seconds = 300 }: oauth.TokenEndpointResponse): number =>
  Date.now() + 1000 * seconds;
