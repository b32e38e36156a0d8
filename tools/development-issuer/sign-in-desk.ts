import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import { peoplePage } from './people-page.ts';

/** Somebody who may sign in. */
export interface SignInPerson {
  /** `User.spec.subject`. */
  readonly subject: string;
  readonly displayName: string;
  /** What is special about them, for people. */
  readonly note?: string;
  readonly roles?: readonly string[];
}

/** What a client asked for. */
interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
}

export interface SignInDeskParts {
  readonly people: readonly SignInPerson[];
  readonly tokenSeconds: number;
  readonly accessToken: (person: SignInPerson) => Promise<string>;
  readonly idToken: (person: SignInPerson, asked: Pick<Asked, 'clientId' | 'nonce'>) => Promise<string>;
}

const codeMs = 60_000;
const maxBody = 8 * 1024;

/**
 * The authorization and the token endpoint: code flow with PKCE (RFC 6749 §4.1, RFC 7636), for public clients of this machine.
 * Nobody proves who they are: they choose a name. A `login_hint` of one of them is taken for that choice.
 */
export const createSignInDesk = (parts: SignInDeskParts) => {
  const codes = new Map<string, Asked & { readonly person: SignInPerson; readonly at: number }>();
  const refreshes = new Map<string, { readonly person: SignInPerson; readonly clientId: string }>();

  const authorize = (url: URL, response: ServerResponse): void => {
    const query = url.searchParams;
    const asked = askedIn(query);
    if (typeof asked === 'string') {
      refuse(response, asked);
      return;
    }
    const person = parts.people.find(({ subject }) => subject === query.get('login_hint'));
    if (!person) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(peoplePage(parts.people, url));
      return;
    }
    const code = randomBytes(24).toString('base64url');
    codes.set(code, { ...asked, person, at: Date.now() });
    const back = new URL(asked.redirectUri);
    back.searchParams.set('code', code);
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    response.writeHead(303, { location: back.href }).end();
  };

  const personBy = (
    body: URLSearchParams,
  ): { person: SignInPerson; clientId: string; nonce?: string } | undefined => {
    const clientId = body.get('client_id') ?? '';
    if (body.get('grant_type') === 'refresh_token') {
      const key = body.get('refresh_token') ?? '';
      const found = refreshes.get(key);
      refreshes.delete(key);
      return found?.clientId === clientId ? found : undefined;
    }
    const code = body.get('code') ?? '';
    const found = codes.get(code);
    codes.delete(code);
    const isTheirs =
      found !== undefined &&
      body.get('grant_type') === 'authorization_code' &&
      found.clientId === clientId &&
      found.redirectUri === body.get('redirect_uri') &&
      found.challenge === challengeOf(body.get('code_verifier') ?? '') &&
      Date.now() - found.at < codeMs;
    if (!isTheirs) return undefined;
    return { person: found.person, clientId, ...(found.nonce !== undefined && { nonce: found.nonce }) };
  };

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const found = body.length > maxBody ? undefined : personBy(new URLSearchParams(body));
    if (!found) return refuse(response, 'invalid_grant');
    const { person, clientId, nonce } = found;
    const refresh = randomBytes(24).toString('base64url');
    refreshes.set(refresh, { person, clientId });
    json(response, 200, {
      access_token: await parts.accessToken(person),
      id_token: await parts.idToken(person, { clientId, nonce }),
      refresh_token: refresh,
      token_type: 'Bearer',
      expires_in: parts.tokenSeconds,
    });
  };

  /** A token by itself, for whoever asks from a shell. Without CORS: no page of another origin reads it. */
  const bare = async ({ searchParams }: URL, response: ServerResponse): Promise<void> => {
    const person = parts.people.find(({ subject }) => subject === searchParams.get('login_hint'));
    if (!person) return refuse(response, 'invalid_request');
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
    response.end(await parts.accessToken(person));
  };

  /** Ends what was begun by this person: no new tokens for them (OpenID Connect RP-Initiated Logout 1.0). */
  const end = ({ searchParams }: URL, response: ServerResponse): void => {
    const subject = subjectOf(searchParams.get('id_token_hint') ?? '');
    for (const [key, { person }] of refreshes) if (person.subject === subject) refreshes.delete(key);
    const back = searchParams.get('post_logout_redirect_uri') ?? '';
    if (isOfThisMachine(back)) response.writeHead(303, { location: back }).end();
    else refuse(response, 'invalid_request');
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const asks = `${request.method} ${url.pathname}`;
    if (asks === 'GET /authorize') authorize(url, response);
    else if (asks === 'GET /end-session') end(url, response);
    else if (asks === 'GET /token') bare(url, response).catch(() => response.destroy());
    else if (asks === 'POST /token') token(request, response).catch(() => response.destroy());
    else json(response, 404, {});
  };
};

/** What is asked for, or the error code that says what is wrong with it (RFC 6749 §4.1.2.1). */
const askedIn = (query: URLSearchParams): Asked | string => {
  const [clientId, redirectUri, challenge] = ['client_id', 'redirect_uri', 'code_challenge'].map(
    (name) => query.get(name) ?? '',
  ) as [string, string, string];
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if (clientId === '' || challenge === '' || query.get('code_challenge_method') !== 'S256')
    return 'invalid_request';
  if (!isOfThisMachine(redirectUri)) return 'invalid_request';
  return { clientId, redirectUri, challenge, nonce: query.get('nonce') ?? undefined };
};

const isOfThisMachine = (url: string): boolean => URL.parse(url)?.hostname === '127.0.0.1';

/** Whose token it is, unproved: an issuer that believes whatever one chooses believes this too. */
const subjectOf = (token: string): string | undefined => {
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
};

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

const refuse = (response: ServerResponse, error: string): void => json(response, 400, { error });

const json = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
};
