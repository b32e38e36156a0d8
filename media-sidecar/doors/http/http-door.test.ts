import { connect } from 'node:net';
import { ApiUnreachable, type KubeObject, type ResourceType } from 'kube-runtime';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleIndex } from '../../policy/example-index.fixture.ts';
import type { ProfileSwitch, SwitchOutcome } from '../../policy/switch-active-profile.ts';
import { activeProfileInDirectory, activeProfileRoute } from './active-profile-route.ts';
import { createAuthorise } from './authorise.ts';
import { bearerToken } from './bearer-token.ts';
import { type HttpDoor, openHttpDoor } from './http-door.ts';

const index = await exampleIndex();
const now = Date.parse('2026-11-24T12:00:00Z');
const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
const log = pino({ level: 'silent' });

/** A cluster that knows one PBX, which may switch profiles in acme. */
const questions: { readonly kind: string; readonly spec: object }[] = [];
let review: (kind: string, spec: { token?: string; resourceAttributes?: { namespace: string } }) => unknown;
const api = {
  review: async ({ kind }: ResourceType<KubeObject>, spec: object) => {
    questions.push({ kind, spec });
    return review(kind, spec);
  },
};

let door: HttpDoor;
let switched: ProfileSwitch[];
let outcome: SwitchOutcome;

beforeEach(async () => {
  questions.length = 0;
  review = (kind, { token, resourceAttributes }) =>
    kind === 'TokenReview'
      ? {
          authenticated: token === 'pbx',
          audiences: ['medlyssning.dev'],
          user: { username: 'pbx', groups: ['pbxs'] },
        }
      : { allowed: resourceAttributes?.namespace === 'acme' };
  switched = [];
  outcome = { kind: 'switched', active: { name: 'lunch', since: now }, previous: 'inne' };
  const byToken = createAuthorise({ api, audience: 'medlyssning.dev' });
  door = await openHttpDoor({ listen, origins: [] }, log, (app) =>
    activeProfileRoute(app, {
      index,
      now: () => now,
      authorise: ({ headers }, access) => byToken(bearerToken(headers.authorization), access),
      switchProfile: async (of) => {
        switched.push(of);
        return outcome;
      },
    }),
  );
});
afterEach(() => door.close());

const put = async (path = 'acme/anna', { body = { profile: 'lunch' } as unknown, token = 'pbx' } = {}) => {
  const response = await fetch(`http://127.0.0.1:${door.port}/v1/users/${path}/active-profile`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: JSON.parse(await response.text()),
  };
};

describe('PUT active-profile', () => {
  it('switches, from now on or since the moment that is said', async () => {
    expect(await put()).toMatchObject({
      status: 200,
      body: { profile: 'lunch', since: '2026-11-24T12:00:00.000Z', previous: 'inne' },
    });
    await put('acme%2Facme/anna', { body: { profile: 'lunch', since: '2026-11-24T12:59:00+01:00' } });
    const of = { company: 'acme/acme', user: 'anna', profile: 'lunch' };
    expect(switched).toEqual([
      { ...of, since: now },
      { ...of, since: now - 60_000 },
    ]);
  });

  it('asks the cluster for the verb switch on users, and keeps its yes for a while', async () => {
    await put();
    await put('acme/bo');
    expect(questions).toEqual([
      { kind: 'TokenReview', spec: { token: 'pbx', audiences: ['medlyssning.dev'] } },
      {
        kind: 'SubjectAccessReview',
        spec: {
          user: 'pbx',
          uid: undefined,
          groups: ['pbxs'],
          extra: undefined,
          resourceAttributes: {
            group: 'medlyssning.dev',
            version: 'v1alpha1',
            resource: 'users',
            verb: 'switch',
            namespace: 'acme',
          },
        },
      },
    ]);
  });

  it.each([
    ['without a token', 'acme/anna', { token: '' }, 401, 'Unauthenticated'],
    ['with a token of nobody', 'acme/anna', { token: 'forged' }, 401, 'Unauthenticated'],
    ['in a company where one may not', 'beta/bo', {}, 403, 'Forbidden'],
    ['in no company, in the same words', 'nowhere/bo', {}, 403, 'Forbidden'],
    ['of a body that is none', 'acme/anna', { body: '{' }, 400, 'RequestInvalid'],
    ['with a field too many', 'acme/anna', { body: { profile: 'lunch', mood: 1 } }, 400, 'RequestInvalid'],
    ['to a number', 'acme/anna', { body: { profile: 7 } }, 400, 'RequestInvalid'],
    ['since no moment', 'acme/anna', { body: { profile: 'lunch', since: 'noon' } }, 400, 'RequestInvalid'],
    ['with a body too large', 'acme/anna', { body: { profile: 'l'.repeat(5_000) } }, 413, 'RequestInvalid'],
  ])('%s is refused', async (_, path, request, status, reason) => {
    const answer = await put(path, request);
    expect(answer).toMatchObject({ status, body: { status, reason, title: reason } });
    expect(answer.type).toContain('application/problem+json');
    expect(switched).toEqual([]);
  });

  it('tells one who may not nothing about the body', async () => {
    expect((await put('acme/anna', { token: 'forged', body: { profile: 7 } })).status).toBe(401);
  });

  it('refuses a token that was made for somebody else', async () => {
    review = () => ({ authenticated: true, audiences: ['elsewhere'], user: { username: 'pbx' } });
    expect((await put()).status).toBe(401);
  });

  it.each([
    ['cannot be asked', () => Promise.reject(new ApiUnreachable('Connection', 'gone'))],
    ['answers with something else', () => ({ authenticated: 'yes' })],
  ])('lets nobody in while the cluster %s', async (_, answer) => {
    review = answer;
    expect(await put()).toMatchObject({ status: 503, body: { reason: 'ClusterUnavailable' } });
  });

  it.each([
    [{ kind: 'refused', reason: 'UserUnknown' }, 404, 'UserUnknown'],
    [{ kind: 'refused', reason: 'ProfileUnknown' }, 422, 'ProfileUnknown'],
    [{ kind: 'refused', reason: 'SinceInFuture' }, 422, 'SinceInFuture'],
    [{ kind: 'refused', reason: 'SinceTooOld' }, 409, 'SinceTooOld'],
    [{ kind: 'unwritten', cause: new Error('secret') }, 503, 'ClusterUnavailable'],
  ] as const)('answers %j with %i', async (what, status, reason) => {
    outcome = what;
    const answer = await put();
    expect(answer).toMatchObject({ status, body: { reason } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });
});

it('answers what is not there, and what is no address, with a problem', async () => {
  for (const [path, status] of [
    ['/', 404],
    ['/v1/users/%ff', 400],
  ] as const) {
    const response = await fetch(`http://127.0.0.1:${door.port}${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
  }
});

it('limits requests from one address, before it asks the cluster about them', async () => {
  const request =
    'PUT /v1/users/acme/anna/active-profile HTTP/1.1\r\nhost: x\r\nauthorization: Bearer forged\r\n\r\n';
  const socket = connect(door.port, '127.0.0.1');
  socket.write(request.repeat(250));
  let answers = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    answers += chunk;
    if (answers.split('HTTP/1.1 ').length > 250) break;
  }
  // of what comes in one go, all may be turned away: then none of it was asked about
  expect(answers.match(/HTTP\/1\.1 429/g)?.length).toBeGreaterThanOrEqual(50);
  expect(answers).toContain('"reason":"TooManyRequests"');
  expect(questions.length).toBeLessThanOrEqual(200);
});

it('says where the profile is written when the policy is a directory', async () => {
  await door.close();
  door = await openHttpDoor({ listen, origins: [] }, log, activeProfileInDirectory);
  expect(await put()).toMatchObject({ status: 501, body: { reason: 'ProfileInDirectory' } });
});
