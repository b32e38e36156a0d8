import type { IncomingMessage } from 'node:http';
import type { DeviceRow, PolicyIndex } from '@medlyssning/policy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admitted } from '../../listen/ask.ts';
import type { CallDevice, CalledDevice, DeviceCall } from '../../listen/device-call.ts';
import type { ListenService } from '../../listen/listen-service.ts';
import { limitAttempts } from './limit-attempts.ts';
import { type Problem, RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import { problems } from './schemas.ts';
import type { Caller, SignIn } from './sign-in.ts';
import { traceRequest } from './trace-request.ts';
import type { WaitingListens } from './waiting-listens.ts';

export interface StartListenParts {
  readonly signIn: SignIn;
  readonly service: Pick<ListenService, 'admit'>;
  readonly waiting: WaitingListens;
  readonly index: PolicyIndex;
  readonly callDevice: CallDevice;
}

interface Route {
  readonly Body: { readonly target: string; readonly on: string };
}

const user = { type: 'string', minLength: 1, maxLength: 63 } as const;

const schema = {
  summary: 'Ask to hear a colleague',
  description:
    'Decided at once, by every rule; refused with the reason. Where admitted, the browser has 10 s to bring its offer to `whep`; a device is called, has 30 s to answer, and hears by the time of the answer here. Who goes before that gives up the attempt.',
  response: {
    201: {
      type: 'object',
      required: ['id', 'target', 'on'],
      properties: {
        id: { type: 'string' },
        target: { type: 'string' },
        on: { type: 'string' },
        whep: { type: 'string' },
      },
    },
    ...problems(404, 409, 422),
  },
  body: {
    type: 'object',
    required: ['target', 'on'],
    additionalProperties: false,
    properties: {
      target: { ...user, description: 'metadata.name of a User.', examples: ['anna'] },
      on: {
        ...user,
        description: '`browser`, or the name of a device of the caller, which is called.',
        examples: ['browser'],
      },
    },
  },
} as const;

/**
 * `POST /v1/listens` `{"target": "anna", "on": "browser"}`: asks to hear a colleague, named by the `metadata.name` of their User.
 * Decided at once, by every rule. 201: admitted, the line is taken (R11), and the browser has 10 s to bring its offer to `whep`;
 * on a device of the listener's, they hear.
 */
export const startListenRoute = (
  app: FastifyInstance,
  { signIn, service, waiting, index, callDevice }: StartListenParts,
): void => {
  const onRequest = async (request: FastifyRequest) => void (await signIn(request));
  const options = { schema, onRequest, preHandler: limitAttempts(app, signIn) };
  app.post<Route>('/v1/listens', options, async (request, reply) => {
    const caller = await signIn(request);
    return traceRequest(request, reply, () => start(caller, request, reply));
  });

  const start = async ({ subject, person }: Caller, request: FastifyRequest<Route>, reply: FastifyReply) => {
    const { target, on: named } = request.body;
    const on = named === 'browser' ? named : { device: named };
    const row = person && index.userByName(person.company, person.name);
    const device = row?.devices.find(({ name }) => name === named);
    if (device && named !== 'browser' && device.address === undefined) throw new RequestRefused(notCallable);
    const admitted = await service.admit({ subject, on, target });
    if (admitted.kind === 'refused') throw new RequestRefused(refusalProblem(admitted));
    const { id } = admitted;
    const location = `/v1/listens/${id}`;
    const body = { id, target, on: named };
    reply.code(201).header('location', location);
    if (on === 'browser') {
      waiting.add(subject, admitted);
      return { ...body, whep: `${location}/whep` };
    }
    const shown = row ? (index.userByName(row.company, target)?.displayName ?? '') : '';
    await hearOn(callDevice({ device: callable(device), shown }), admitted, request.raw);
    return body;
  };
};

/** @throws RequestRefused where the device is not reached, or nothing is heard there */
const hearOn = async (call: DeviceCall, admitted: Admitted, raw: IncomingMessage): Promise<void> => {
  const giveUp = () => admitted.end('ListenerHungUp');
  raw.socket.once('close', giveUp);
  const outcome = await admitted
    .join({ kind: 'called', ring: call.ring })
    .finally(() => raw.socket.off('close', giveUp));
  if (outcome.kind === 'joined') return call.tie(outcome.listen);
  call.drop();
  throw new RequestRefused(refusalProblem(outcome));
};

/** An attempt is admitted on a device of the policy's alone. */
const callable = (device: DeviceRow | undefined): CalledDevice['device'] => {
  if (device?.address === undefined) throw new RequestRefused(notCallable);
  return { ...device, address: device.address };
};

const notCallable: Problem = {
  status: 422,
  reason: 'DeviceNotCallable',
  detail:
    'This device has a number and no address, and a number may ring on others too. Dial the feature code on it.',
};
