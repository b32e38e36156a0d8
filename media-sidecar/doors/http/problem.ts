import type { AdmissionReason } from '@medlyssning/policy';

/** Why a request was not carried out; stable, safe to switch on. */
export type ProblemReason =
  | Exclude<AdmissionReason, 'Allowed'>
  | 'Unauthenticated'
  | 'Forbidden'
  | 'RequestInvalid'
  | 'NotFound'
  | 'TooManyRequests'
  | 'ListenUnknown'
  | 'OfferUnusable'
  | 'OfferAnswered'
  | 'DeviceNotCallable'
  | 'NotSupported'
  | 'UserUnknown'
  | 'ProfileUnknown'
  | 'SinceInFuture'
  | 'SinceTooOld'
  | 'ProfileInDirectory'
  | 'ClusterUnavailable'
  | 'IssuerUnavailable'
  | 'Internal';

/** RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly reason: ProblemReason;
  /** What happened, and what to do. */
  readonly detail: string;
}

/** A request that is answered with a problem. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, { cause });
    this.problem = problem;
  }
}

export const problemType = 'application/problem+json';

/** The body that tells of it. The reason is the title too: there is no page about each. */
export const problemBody = ({ status, reason, detail }: Problem) => ({
  type: 'about:blank',
  title: reason,
  status,
  reason,
  detail,
});

export const unauthenticated: Problem = {
  status: 401,
  reason: 'Unauthenticated',
  detail:
    'No valid token came with the request. Send one that was made for this audience: Authorization: Bearer TOKEN.',
};
