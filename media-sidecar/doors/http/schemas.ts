import { admissionReasons, endReasons } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';

const text = { type: 'string' } as const;
const moment = { type: ['string', 'null'], format: 'date-time' } as const;
const deviceKind = {
  type: 'string',
  enum: ['MobileSubscription', 'MobileApp', 'Desk', 'Softphone', 'Browser'],
} as const;
const reason = { type: 'string', enum: [...admissionReasons] } as const;

const device = { anyOf: [{ type: 'null' }, { $ref: 'Device#' }] } as const;

const object = (
  $id: string,
  description: string,
  properties: Readonly<Record<string, unknown>>,
  optional: readonly string[] = [],
) => ({
  $id,
  type: 'object',
  description,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const recordedPerson = {
  type: 'object',
  required: ['user', 'displayName', 'number'],
  properties: {
    user: { type: ['string', 'null'], description: 'null: nobody known, or not for the caller to know.' },
    displayName: { type: ['string', 'null'] },
    number: { ...text, description: 'Shortened, except for administrators; empty where none is known.' },
  },
} as const;

const person = { user: text, displayName: text };

/** What the answers are made of. */
const shared = [
  object('Problem', 'Why a request was not carried out (RFC 9457). `reason` is stable; switch on it.', {
    type: text,
    title: text,
    status: { type: 'integer' },
    reason: text,
    detail: text,
  }),
  object('Person', 'A colleague: the metadata.name of their User, and how people call them.', person),
  object('Device', 'What is listened on: a device of the listener’s, or a browser.', {
    name: text,
    kind: deviceKind,
  }),
  object('Listen', 'One listener on one call.', {
    id: { ...text, description: 'The same as in the audit record.' },
    state: { type: 'string', enum: ['starting', 'listening'] },
    listener: { $ref: 'Person#' },
    target: { $ref: 'Person#' },
    device,
    since: { ...moment, description: 'Since when the listener hears; null until then.' },
  }),
  object('Colleague', 'A colleague as the rules let the caller see them.', {
    ...person,
    extension: { type: ['string', 'null'] },
    mayListen: { type: 'boolean' },
    reason: { ...reason, description: '`Allowed`, or the first rule that refuses.' },
    why: { ...text, description: 'The reason as a sentence, in the language of the company.' },
    inCall: { type: ['boolean', 'null'], description: 'null: not for the caller to know.' },
    since: { ...moment, description: 'Since when they talk.' },
  }),
  object('Me', 'The caller.', {
    ...person,
    company: text,
    language: { type: 'string', enum: ['sv', 'en'] },
    isAdministrator: { type: 'boolean' },
    devices: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'kind', 'mayListen', 'callable'],
        properties: {
          name: text,
          kind: deviceKind,
          mayListen: { type: 'boolean' },
          callable: { type: 'boolean' },
        },
      },
    },
    listeners: {
      type: 'array',
      items: { $ref: 'Listen#' },
      description: 'Who listens to the caller now (R6).',
    },
    listening: { anyOf: [{ type: 'null' }, { $ref: 'Listen#' }] },
  }),
  object('Rule', 'One rule and its outcome, with the field that decided.', {
    rule: text,
    reason,
    outcome: { type: 'string', enum: ['passed', 'failed', 'notAsked'] },
    field: text,
  }),
  object(
    'Attempt',
    'An attempt to listen and what came of it.',
    {
      id: text,
      at: { ...text, format: 'date-time', description: 'When it was decided.' },
      listener: recordedPerson,
      target: recordedPerson,
      device,
      reason: { ...reason, description: '`Allowed`, or why it was refused.' },
      heardFrom: { ...moment, description: 'Since when the listener heard; null: they heard nothing.' },
      end: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            required: ['at', 'reason'],
            properties: {
              at: { ...text, format: 'date-time' },
              reason: { type: 'string', enum: [...new Set([...endReasons, ...admissionReasons])] },
              cause: { ...reason, description: 'Which rule a `Revoked` listen lost.' },
            },
          },
        ],
        description: 'null: refused, or not over.',
      },
      detail: {
        type: 'object',
        description: 'For administrators.',
        required: ['node', 'callId', 'rules', 'policyRevisions'],
        properties: {
          node: text,
          callId: { type: ['string', 'null'] },
          rules: { type: 'array', items: { $ref: 'Rule#' } },
          policyRevisions: { type: 'array', items: text },
        },
      },
    },
    ['detail'],
  ),
] as const;

const problem = {
  description: 'Not carried out.',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
} as const;

/** Of a route's `response`: the statuses of its own problems. */
export const problems = (...statuses: readonly number[]): Readonly<Record<string, typeof problem>> =>
  Object.fromEntries(statuses.map((status) => [status, problem]));

/** What any request may be answered: not as the document says, no token, not for this caller, too much, a fault here or behind. */
const always = problems(400, 401, 403, 414, 429, 500, 503);
const alwaysWithBody = problems(413, 415);

/** Makes the schemas known by their names, and says of every route what any may answer. */
export const addSchemas = (app: FastifyInstance): void => {
  for (const schema of shared) app.addSchema(schema);
  app.addHook('onRoute', (route) => {
    const response = {
      ...always,
      ...(route.method !== 'GET' && alwaysWithBody),
      ...(route.schema?.response as object | undefined),
    };
    route.schema = { ...route.schema, response };
  });
};
