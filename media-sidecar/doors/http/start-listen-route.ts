import type { FastifyInstance } from 'fastify';
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

const schema = {
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
  app.post<Route>('/v1/listens', { schema }, async (request, reply) => {
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
