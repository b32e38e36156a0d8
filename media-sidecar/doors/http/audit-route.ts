import { admissionReasons, endReasons, type PolicyIndex } from '@medlyssning/policy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuditQuery, AuditReader } from '../../audit/audit-store.ts';
import type { Person } from '../../registry/line-registry.ts';
import { findAttempts } from './find-attempts.ts';
import { fromRecords } from './from-records.ts';
import { RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';
import { type AttemptView, attemptView } from './views/attempt-view.ts';

export interface AuditParts {
  readonly signIn: SignIn;
  readonly index: PolicyIndex;
  readonly records: Pick<AuditReader, 'page'>;
}

interface Filters {
  readonly as?: 'listener' | 'target';
  readonly person?: string;
  readonly reason?: string;
  readonly from?: string;
  readonly until?: string;
}

interface Route {
  readonly Querystring: Filters & { readonly after?: string; readonly limit?: string };
}

/** Of one address, a second. Each looks through 2,000 records at most. */
const perSecond = 20;

const moment = { type: 'string', format: 'date-time', maxLength: 35 } as const;
const schema = {
  summary: 'Who asked to listen to whom, and what came of it; newest first',
  description:
    'Own attempts, and listens on oneself that were heard; for administrators all of their company. Nobody else’s, and never another company’s.',
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      as: {
        type: 'string',
        enum: ['listener', 'target'],
        description: 'Only those in which the caller was this; administrators are shown no others then.',
      },
      person: {
        type: 'string',
        // as Kubernetes names things
        pattern: '^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$',
        description: 'metadata.name of a User: only with them, as listener or as target.',
        examples: ['anna'],
      },
      reason: {
        type: 'string',
        enum: [...new Set<string>([...admissionReasons, ...endReasons])],
        description: 'Only what was decided so, or ended so.',
      },
      from: { ...moment, description: 'The earliest that is asked for.' },
      until: { ...moment, description: 'The first that is not asked for any more.' },
      after: {
        type: 'string',
        maxLength: 256,
        description: '`next` of the page before.',
        examples: ['WzE3NjQ1MDQwMDAwMDAsIm1lZGlhLTEiLDQyXQ'],
      },
      limit: {
        type: 'string',
        pattern: '^[0-9]{1,6}$',
        description: 'At most 200; 50 where nothing is said.',
      },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['attempts', 'next'],
      properties: {
        attempts: { type: 'array', items: { $ref: 'Attempt#' } },
        next: {
          type: ['string', 'null'],
          description:
            'For `after` of the next page; null where this is the last. With `person` or `reason`, a page may hold few, and still have one.',
        },
      },
    },
  },
} as const;

/** `GET /v1/audit`: the record, for those whom it is about and for administrators of the company. Of people alone, not of machines. */
export const auditRoute = (app: FastifyInstance, { signIn, index, records }: AuditParts): void => {
  const onRequest = async (request: FastifyRequest) => void (await signIn(request));
  const options = { schema, onRequest, config: { rateLimit: { max: perSecond, timeWindow: 1_000 } } };
  app.get<Route>('/v1/audit', options, async (request) => {
    const { person, isAdministrator } = await signIn(request);
    if (!person) throw new RequestRefused(refusalProblem({ reason: 'ListenerUnknown', language: 'en' }));
    const { after, limit = '50', ...filters } = request.query;
    const found = findAttempts({
      page: (query) => records.page(query),
      query: {
        company: person.company,
        ...scope(person, isAdministrator, filters),
        from: momentOf(filters.from, 'from'),
        until: momentOf(filters.until, 'until'),
        after,
        limit: Math.min(Math.max(Number(limit), 1), 200),
      },
      show: (entry) => attemptView(index, { person, isAdministrator }, entry),
      fits: filter(isAdministrator ? { ...filters, person: undefined } : filters),
    });
    return await fromRecords(found);
  });
};

/** Whose attempts are looked for. What administrators may see, the store may look for; all others' filters see what they see. */
const scope = (
  { name }: Person,
  isAdministrator: boolean,
  { as, person }: Filters,
): Pick<AuditQuery, 'own' | 'listener' | 'target' | 'heard' | 'involving'> => ({
  ...(isAdministrator && person !== undefined && { involving: person }),
  ...(as === 'listener' && { listener: name }),
  ...(as === 'target' && { target: name, heard: true }),
  ...(as === undefined && !isAdministrator && { own: name }),
});

const filter = ({ person, reason }: { readonly person?: string | undefined; readonly reason?: string }) =>
  person === undefined && reason === undefined
    ? undefined
    : (attempt: AttemptView): boolean =>
        (person === undefined || [attempt.listener.user, attempt.target.user].includes(person)) &&
        (reason === undefined || attempt.reason === reason || attempt.end?.reason === reason);

const momentOf = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  const detail = `querystring/${name} is no moment that there was. Write it like 2026-01-31T08:00:00Z.`;
  throw new RequestRefused({ status: 400, reason: 'RequestInvalid', detail });
};
