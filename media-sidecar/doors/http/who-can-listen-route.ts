import { type AdmissionReason, admissionReasons, decide, type UserRow } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import { gatherOn, type Knowledge } from '../../listen/gather.ts';
import { identityOn } from '../../listen/identify.ts';
import type { Ask, Asker } from './asker.ts';
import { forbidden } from './authorise.ts';
import { RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import { problems } from './schemas.ts';
import type { PersonView } from './views/person-view.ts';

export interface WhoCanListenParts {
  readonly ask: Ask;
  readonly know: Knowledge;
  /** Brings the book up to date where it may be behind. */
  readonly catchUp: () => Promise<boolean>;
}

interface Route {
  readonly Querystring: { readonly target: string; readonly company?: string };
}

/** Somebody who holds the right to listen. */
interface HolderView extends PersonView {
  /** From what they may listen to the target now: names of their devices, and `browser`. */
  readonly from: readonly string[];
  /** `Allowed`, or the refusal of the device that came furthest. */
  readonly reason: AdmissionReason;
}

const text = { type: 'string' } as const;
const person = {
  type: 'object',
  required: ['user', 'displayName'],
  properties: { user: text, displayName: text },
};
const schema = {
  summary: 'Who may listen to a colleague now, and from what; for administrators and machines',
  querystring: {
    type: 'object',
    required: ['target'],
    additionalProperties: false,
    properties: {
      target: { ...text, minLength: 1, maxLength: 63, description: 'metadata.name of a User.' },
      company: { ...text, maxLength: 127, description: 'For machines: whose people these are.' },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['target', 'listeners'],
      properties: {
        target: { $ref: 'Person#' },
        listeners: {
          type: 'array',
          description: 'All who hold the right.',
          items: {
            ...person,
            required: ['user', 'displayName', 'from', 'reason'],
            properties: {
              ...person.properties,
              from: { type: 'array', items: text },
              reason: { ...text, enum: [...admissionReasons] },
            },
          },
        },
      },
    },
    ...problems(404),
  },
} as const;

/**
 * `GET /v1/who-can-listen?target`: the decision for everybody who holds the right (R2), from each of their devices, with the call and the
 * lines as they are. It tells of other people's rights, so only administrators, and machines that may list listens, are answered.
 */
export const whoCanListenRoute = (app: FastifyInstance, { ask, know, catchUp }: WhoCanListenParts): void => {
  app.get<Route>('/v1/who-can-listen', { schema }, async (request) => {
    const company = companyOf(await ask(request, request.query.company));
    await catchUp();
    const { index } = know;
    const target = index.userByName(company, request.query.target);
    if (!target) {
      const language = index.company(company)?.language ?? 'en';
      throw new RequestRefused(refusalProblem({ reason: 'TargetUnknown', language }));
    }
    const { name, displayName } = target;
    const holders = [...index.usersOf(company)].filter(
      (row) => row.name !== name && row.mayListenAt(know.now()),
    );
    return {
      target: { user: name, displayName },
      listeners: holders.map((row) => holderView(know, row, target)),
    };
  });
};

const companyOf = (asker: Asker): string => {
  if (asker.kind === 'machine') return asker.company;
  const { person: caller, isAdministrator } = asker.caller;
  if (!caller || !isAdministrator) throw new RequestRefused(forbidden);
  return caller.company;
};

const holderView = (know: Knowledge, row: UserRow, target: UserRow): HolderView => {
  const { name: user, displayName, devices } = row;
  const places = [...devices.map(({ name }) => ({ name, on: { device: name } })), browser];
  const answers = places.map(({ name, on }) => {
    const { reason } = decide(gatherOn(know, identityOn(know.index, row, on), target).input);
    return { name, reason };
  });
  const from = answers.filter(({ reason }) => reason === 'Allowed').map(({ name }) => name);
  const rank = ({ reason }: (typeof answers)[number]) => admissionReasons.indexOf(reason);
  const furthest = answers.toSorted((a, b) => rank(b) - rank(a))[0]?.reason ?? 'DeviceUnknown';
  return { user, displayName, from, reason: from.length > 0 ? 'Allowed' : furthest };
};

const browser = { name: 'browser', on: 'browser' } as const;
