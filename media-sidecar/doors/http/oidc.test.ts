import { startDevelopmentIssuer } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOidc } from './oidc.ts';

type Issuer = Awaited<ReturnType<typeof startDevelopmentIssuer>>;

let issuer: Issuer;
let stranger: Issuer;
beforeAll(async () => {
  [issuer, stranger] = await Promise.all([startDevelopmentIssuer(), startDevelopmentIssuer()]);
});
afterAll(() => Promise.all([issuer.close(), stranger.close()]));

const reasonOf = (token: string, config = issuer.config) =>
  createOidc(config)
    .verify(token)
    .then(
      () => undefined,
      (error) => error.problem.reason,
    );

describe('a token', () => {
  it('says who signed in, and whether they administrate', async () => {
    const oidc = createOidc(issuer.config);
    const plain = await issuer.token('karin@acme.example');
    expect(oidc.claims(plain)).toBe(true);
    expect(await oidc.verify(plain)).toEqual({
      subject: 'karin@acme.example',
      isAdministrator: false,
      expiresAt: expect.closeTo(Date.now() + 8 * 3_600_000, -4),
    });
    const roles = [issuer.config.administrators.value];
    const helena = await oidc.verify(await issuer.token('helena@acme.example', { roles }));
    expect(helena.isAdministrator).toBe(true);
    const { administrators: _, ...nobody } = issuer.config;
    const plainHelena = createOidc(nobody).verify(await issuer.token('helena@acme.example', { roles }));
    expect((await plainHelena).isAdministrator).toBe(false);
  });

  it.each<[string, () => Promise<string>]>([
    ['that has expired', () => issuer.token('karin', { expiresIn: -60 })],
    ['for another audience', () => issuer.token('karin', { audience: 'another' })],
    ['of another issuer', () => stranger.token('karin')],
    ['without a signature', async () => (await issuer.token('karin')).replace(/\.[^.]*$/, '.')],
    ['that says it has none', () => forged({ alg: 'none' })],
    ['signed by a secret', () => secretlySigned()],
    ['changed', async () => (await issuer.token('karin')).replace(/\.(.)/, '.A')],
    ['that is none', async () => 'karin'],
    ['without a name', () => issuer.token('')],
    ['with a name too long', () => issuer.token('k'.repeat(256))],
  ])('%s is nobody’s', async (_, token) => {
    expect(await reasonOf(await token())).toBe('Unauthenticated');
  });

  it('cannot be judged where the issuer does not answer', async () => {
    const gone = await startDevelopmentIssuer();
    const token = await gone.token('karin');
    await gone.close();
    expect(await reasonOf(token, gone.config)).toBe('IssuerUnavailable');
  });

  it('is not judged by keys that the discovery of another issuer names', async () => {
    const config = { ...issuer.config, issuer: issuer.issuer.replace('127.0.0.1', 'localhost') };
    expect(await reasonOf(await issuer.token('karin'), config)).toBe('IssuerUnavailable');
  });
});

const forged = async (header: object) => {
  const [, payload] = (await issuer.token('karin')).split('.');
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.`;
};

const secretlySigned = () =>
  new SignJWT({ iss: issuer.issuer, aud: issuer.audience, sub: 'karin' })
    .setProtectedHeader({ alg: 'HS256', kid: 'development' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode('a secret that anybody could have chosen'));
