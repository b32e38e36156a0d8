import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ListenService } from '../../listen/listen-service.ts';
import { RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';
import type { WaitingListens } from './waiting-listens.ts';

export interface StartListenParts {
  readonly signIn: SignIn;
  readonly service: Pick<ListenService, 'admit'>;
  readonly waiting: WaitingListens;
}

interface Route {
  readonly Body: { readonly target: string; readonly on: 'browser' };
}

/** From one address. A supervisor who clicks through a team, not a script that rings a sound in everybody's ear. */
const perMinute = 120;

const schema = {
  summary: 'Ask to hear a colleague',
  description:
    'Decided at once, by every rule; refused with the reason. Where admitted, the browser has 10 s to bring its offer to `whep`.',
  response: {
    201: {
      type: 'object',
      required: ['id', 'target', 'on', 'whep'],
      properties: {
        id: { type: 'string' },
        target: { type: 'string' },
        on: { type: 'string' },
        whep: { type: 'string' },
      },
    },
  },
  body: {
    type: 'object',
    required: ['target', 'on'],
    additionalProperties: false,
    properties: {
      target: { type: 'string', minLength: 1, maxLength: 63 },
      on: { type: 'string', enum: ['browser'] },
    },
  },
} as const;

/**
 * `POST /v1/listens` `{"target": "anna", "on": "browser"}`: asks to hear a colleague, named by the `metadata.name` of their User.
 * Decided at once, by every rule. 201: admitted, the line is taken (R11), and the browser has 10 s to bring its offer to `whep`.
 */
export const startListenRoute = (
  app: FastifyInstance,
  { signIn, service, waiting }: StartListenParts,
): void => {
  const onRequest = async (request: FastifyRequest) => void (await signIn(request));
  const options = { schema, onRequest, config: { rateLimit: { max: perMinute, timeWindow: 60_000 } } };
  app.post<Route>('/v1/listens', options, async (request, reply) => {
    const { subject } = await signIn(request);
    const { target, on } = request.body;
    const outcome = await service.admit({ subject, on, target });
    if (outcome.kind === 'refused') throw new RequestRefused(refusalProblem(outcome));
    waiting.add(subject, outcome);
    const location = `/v1/listens/${outcome.id}`;
    return reply
      .code(201)
      .header('location', location)
      .send({ id: outcome.id, target, on, whep: `${location}/whep` });
  });
};
