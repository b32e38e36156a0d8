import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DevelopmentIssuer, startDevelopmentIssuer } from './start-development-issuer.ts';

let issuer: DevelopmentIssuer;
beforeAll(async () => {
  issuer = await startDevelopmentIssuer({
    people: [{ subject: 'karin@acme.example', displayName: 'Karin <Ek>', roles: ['boss'] }],
  });
});
afterAll(() => issuer.close());

const verifier = 'v'.repeat(43);
const query = {
  response_type: 'code',
  client_id: 'page',
  redirect_uri: 'http://127.0.0.1:8080/',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
  state: 'abc',
  nonce: 'def',
  login_hint: 'karin@acme.example',
};
const authorize = (parameters: object) =>
  fetch(`${issuer.issuer}/authorize?${new URLSearchParams({ ...query, ...parameters })}`, {
    redirect: 'manual',
  });
const code = async () => {
  const location = new URL((await authorize({})).headers.get('location') ?? '');
  expect(location.href).toMatch(/^http:\/\/127\.0\.0\.1:8080\/\?code=.+&state=abc$/);
  return location.searchParams.get('code') ?? '';
};
const exchange = async (parameters: object) => {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'page',
    redirect_uri: query.redirect_uri,
    code_verifier: verifier,
    ...parameters,
  });
  const response = await fetch(`${issuer.issuer}/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};
const claims = async (token: string | undefined, audience: string) => {
  const keys = createRemoteJWKSet(new URL(`${issuer.issuer}/jwks`));
  return (await jwtVerify(token ?? '', keys, { issuer: issuer.issuer, audience })).payload;
};

describe('the development issuer', () => {
  it('shows who one can be, and asks nothing else', async () => {
    const page = await (await authorize({ login_hint: '' })).text();
    expect(page).toContain('Karin &#60;Ek&#62;');
    expect(page).toContain('login_hint=karin%40acme.example');
  });

  it('gives a code for a choice, tokens for a code, and new tokens for a refresh token', async () => {
    const first = await exchange({ code: await code() });
    expect(first.status).toBe(200);
    const person = { sub: 'karin@acme.example' };
    expect(await claims(first.body['access_token'], 'medlyssning')).toMatchObject({
      ...person,
      roles: ['boss'],
    });
    expect(await claims(first.body['id_token'], 'page')).toMatchObject({ ...person, nonce: 'def' });
    const refresh = { grant_type: 'refresh_token', refresh_token: first.body['refresh_token'] };
    expect((await exchange(refresh)).status).toBe(200);
    expect(await exchange(refresh), 'a second time').toMatchObject({ status: 400 });
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['another client', { client_id: 'other' }],
    ['another address', { redirect_uri: 'http://127.0.0.1:1/' }],
  ])('gives nothing to %s', async (_, parameters) => {
    expect(await exchange({ code: await code(), ...parameters })).toEqual({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('gives no new tokens to whoever has signed out, and leads back to this machine alone', async () => {
    const { body } = await exchange({ code: await code() });
    const leave = (back: string) =>
      fetch(
        `${issuer.issuer}/end-session?${new URLSearchParams({ id_token_hint: body['id_token'] ?? '', post_logout_redirect_uri: back })}`,
        { redirect: 'manual' },
      );
    expect((await leave('https://evil.example/')).status).toBe(400);
    expect((await leave(query.redirect_uri)).headers.get('location')).toBe(query.redirect_uri);
    const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] };
    expect((await exchange(refresh)).status).toBe(400);
  });

  it('gives a token by itself to a shell, to no page, and for nobody it does not know', async () => {
    const ask = (subject: string) => fetch(`${issuer.issuer}/token?login_hint=${subject}`);
    const answer = await ask('karin@acme.example');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const { iat = 0, exp = 0, ...claimed } = await claims(await answer.text(), 'medlyssning');
    expect(claimed).toMatchObject({ sub: 'karin@acme.example', roles: ['boss'] });
    expect(exp - iat).toBeCloseTo(8 * 3600, -1);
    expect((await ask('eva@acme.example')).status).toBe(400);
  });

  it('takes a code once', async () => {
    const once = { code: await code() };
    expect((await exchange(once)).status).toBe(200);
    expect((await exchange(once)).status).toBe(400);
  });

  it.each([
    ['without PKCE', { code_challenge: '' }],
    ['with plain PKCE', { code_challenge_method: 'plain' }],
    ['with tokens in the address', { response_type: 'token' }],
    ['to another machine', { redirect_uri: 'https://evil.example/' }],
  ])('refuses a sign-in %s', async (_, parameters) => {
    expect((await authorize(parameters)).status).toBe(400);
  });
});
