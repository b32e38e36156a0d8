import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuditReader } from '../../audit/audit-store.ts';
import { beforeAll, type ChainPlace, withWithheld } from '../../audit/chain/withheld-rows.ts';
import { forbidden } from './authorise.ts';
import { fromRecords } from './from-records.ts';
import { RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';

export interface AuditExportParts {
  readonly signIn: SignIn;
  readonly records: Pick<AuditReader, 'companyRows'>;
}

interface Route {
  readonly Querystring: { readonly after?: string };
}

/** Of one address, a second. Each gives 500 rows of the company at most. */
const perSecond = 20;

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const whole = { type: 'integer' } as const;
const schema = {
  summary: 'The rows of the company’s records, with what proves them; for administrators',
  description:
    'As they are stored, whole numbers and all, by node and then by place in its chain; `medlyssning audit --verify` takes them, one a line. Between them it says which rows are withheld, being other companies’.',
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      after: {
        type: 'string',
        pattern: '^[a-z0-9][-a-z0-9.]{0,62}/[0-9]{1,15}$',
        description: '`next` of the page before.',
        examples: ['media-1/42'],
      },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['rows', 'next'],
      properties: {
        rows: {
          type: 'array',
          items: {
            type: 'object',
            required: ['node', 'seq', 'hash'],
            properties: {
              node: text,
              seq: { ...whole, description: 'Place in the chain of the node, counted from 1.' },
              at: { ...whole, description: 'ms since 1970.' },
              kind: { ...text, enum: ['attempt', 'start', 'end', 'erasure'] },
              id: { ...text, description: 'Of the attempt, or of the erasure.' },
              company: textOrNull,
              retentionDays: whole,
              digest: { ...text, description: 'SHA-256 of the JSON array of `salt` and `content`.' },
              prev: { ...text, description: '`hash` of the row before.' },
              through: {
                ...whole,
                description:
                  'Only of rows that are withheld: from `seq` to this one; `hash` is that of the last.',
              },
              hash: { ...text, description: 'SHA-256 of the row.' },
              salt: textOrNull,
              content: { ...textOrNull, description: 'The record, JSON; null once erased.' },
            },
          },
        },
        next: { ...textOrNull, description: 'For `after` of the next page; null: there is nothing more.' },
      },
    },
  },
} as const;

/**
 * `GET /v1/audit/export`: what proves a company's records, for its administrators, who see all of them with whole numbers in `GET /v1/audit`
 * too. Nobody else may have it: shortened numbers would not fit the hashes.
 */
export const auditExportRoute = (app: FastifyInstance, { signIn, records }: AuditExportParts): void => {
  const onRequest = async (request: FastifyRequest) => void (await signIn(request));
  const options = { schema, onRequest, config: { rateLimit: { max: perSecond, timeWindow: 1_000 } } };
  app.get<Route>('/v1/audit/export', options, async (request) => {
    const { person, isAdministrator } = await signIn(request);
    if (!person) throw new RequestRefused(refusalProblem({ reason: 'ListenerUnknown', language: 'en' }));
    if (!isAdministrator) throw new RequestRefused(forbidden);
    const after = placeOf(request.query.after);
    const rows = await fromRecords(records.companyRows(person.company, after));
    const last = rows.at(-1);
    return { rows: withWithheld(rows, after), next: last ? `${last.node}/${last.seq}` : null };
  });
};

const placeOf = (text: string | undefined): ChainPlace => {
  if (text === undefined) return beforeAll;
  const [node = '', seq = ''] = text.split('/');
  return { node, seq: Number(seq) };
};
