import { createHash } from 'node:crypto';
import type { ReviewApi } from 'kube-runtime';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { subjectAccessReviews, tokenReviews } from '../../kubernetes/resource-types.ts';
import { maxToken } from './bearer-token.ts';
import { RequestRefused, unauthenticated } from './problem.ts';

/** Where what is asked about belongs to no company: no namespace has such a name, so only who may do it everywhere gets past it. */
export const nowhere = 'no-such-company.';

/** What a caller wants to do, in the words of RBAC. */
export interface Access {
  readonly namespace: string;
  readonly verb: string;
  readonly resource: string;
}

/** Resolves where the bearer of this token may do it. @throws RequestRefused */
export type AuthoriseToken = (token: string | undefined, access: Access) => Promise<void>;

export interface AuthoriseParts {
  readonly api: ReviewApi;
  /** Tokens made for anybody else are not taken: whom we ask could use them elsewhere. */
  readonly audience: string;
}

/** The API server keeps its own answers about as long: after this a right that was taken away is gone here too. */
const keptMs = 10_000;
const maxKept = 1_000;
const deadlineMs = 5_000;

const tokenStatus = z.object({
  authenticated: z.boolean().default(false),
  audiences: z.array(z.string()).default([]),
  user: z
    .object({
      username: z.string().default(''),
      uid: z.string().optional(),
      groups: z.array(z.string()).optional(),
      extra: z.record(z.string(), z.array(z.string())).optional(),
    })
    .optional(),
});
const accessStatus = z.object({ allowed: z.boolean() });

/** Asks the cluster who the bearer of a token is (TokenReview) and what they may do (SubjectAccessReview). Only a yes is kept. */
export const createAuthorise = ({ api, audience }: AuthoriseParts): AuthoriseToken => {
  const allowed = new LRUCache<string, true>({ max: maxKept, ttl: keptMs });
  const options = () => ({ signal: AbortSignal.timeout(deadlineMs) });

  const bearerOf = async (token: string) => {
    const status = tokenStatus.parse(
      await api.review(tokenReviews, { token, audiences: [audience] }, options()),
    );
    const isMeantForUs = status.authenticated && status.audiences.includes(audience);
    return isMeantForUs && status.user?.username ? status.user : undefined;
  };

  const isAllowed = async (token: string, resourceAttributes: object): Promise<boolean> => {
    const user = await bearerOf(token);
    if (!user) throw new RequestRefused(unauthenticated);
    const { username, uid, groups, extra } = user;
    const spec = { user: username, uid, groups, extra, resourceAttributes };
    return accessStatus.parse(await api.review(subjectAccessReviews, spec, options())).allowed;
  };

  return async (token, { namespace, verb, resource }) => {
    if (token === undefined || token.length > maxToken) throw new RequestRefused(unauthenticated);
    const hash = createHash('sha256').update(token).digest('base64');
    const key = [hash, namespace, verb, resource].join(' ');
    if (allowed.has(key)) return;
    const attributes = { namespace, verb, resource, group: 'medlyssning.dev', version: 'v1alpha1' };
    const answer = await isAllowed(token, attributes).catch((error) => {
      throw error instanceof RequestRefused ? error : new RequestRefused(unavailable);
    });
    if (!answer) throw new RequestRefused(forbidden);
    allowed.set(key, true);
  };
};

/** The same for a company that there is not: whoever may not ask learns nothing. */
export const forbidden = {
  status: 403,
  reason: 'Forbidden',
  detail:
    'You may not do this in this company, or there is no such company. Ask its administrator for a role that may.',
} as const;

const unavailable = {
  status: 503,
  reason: 'ClusterUnavailable',
  detail: 'The API server could not say who you are and what you may do. Try again.',
} as const;
