import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Problem, RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import type { SignIn } from './sign-in.ts';
import { listenUnknown } from './stop-listen-route.ts';
import { traceRequest } from './trace-request.ts';
import type { WaitingListens } from './waiting-listens.ts';
import { OfferUnusable, whepOffer } from './whep-offer.ts';

export interface WhepParts {
  readonly signIn: SignIn;
  readonly waiting: WaitingListens;
}

interface Route {
  readonly Params: { readonly id: string };
  readonly Body: string;
}

const summary = 'The offer of a browser, answered with the audio of the call (WHEP)';
const response = { 201: { content: { 'application/sdp': { schema: { type: 'string' } } } } } as const;
const params = {
  type: 'object',
  properties: { id: { type: 'string', minLength: 1, maxLength: 64 } },
} as const;
/** An offer of Chromium, audio alone, has some 2 KB. */
const bodyLimit = 16 * 1024;
const sdpType = 'application/sdp';

/**
 * `POST /v1/listens/{id}/whep`: the browser's offer, answered with the audio of the call (draft-ietf-wish-whep). The listen itself is
 * the WHEP session: `Location` names it, and `DELETE` there ends it. No trickle and no ICE restart (405).
 */
export const whepRoute = (app: FastifyInstance, { signIn, waiting }: WhepParts): void => {
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(sdpType, { parseAs: 'string', bodyLimit }, (_, body, done) => done(null, body));
  const onRequest = async (request: FastifyRequest) => void (await signIn(request));
  const schema = { summary, params, consumes: [sdpType], body: { type: 'string' }, response } as const;
  app.post<Route>('/v1/listens/:id/whep', { schema, bodyLimit, onRequest }, async (request, reply) => {
    const { subject } = await signIn(request);
    const { id } = request.params;
    if (typeof request.body !== 'string') throw new RequestRefused(notSdp);
    const sdp = offerIn(request.body);
    const admitted = waiting.take(subject, id);
    if (!admitted) throw new RequestRefused(listenUnknown);
    const join = async () => {
      const outcome = await admitted.join({ kind: 'browser', sdp });
      if (outcome.kind === 'refused') throw new RequestRefused(refusalProblem(outcome));
      reply
        .code(201)
        .type(sdpType)
        .headers({ location: `/v1/listens/${id}`, etag: etagOf(outcome.sdp) });
      return outcome.sdp;
    };
    return traceRequest(request, reply, join, admitted.askedIn);
  });
  app.patch<Route>(
    '/v1/listens/:id',
    { schema: { params, summary: 'Not supported: neither trickled candidates nor ICE restarts' } },
    async (request, reply) => {
      await signIn(request);
      reply.header('allow', 'DELETE');
      throw new RequestRefused(noTrickle);
    },
  );
};

const offerIn = (body: string): string => {
  try {
    return whepOffer(body);
  } catch (error) {
    if (error instanceof OfferUnusable)
      throw new RequestRefused({ status: 422, reason: 'OfferUnusable', detail: error.message });
    throw error;
  }
};

/** Names the ICE session: its answer is never the same twice. */
const etagOf = (sdp: string): string => `"${createHash('sha256').update(sdp).digest('base64url')}"`;

const notSdp: Problem = {
  status: 415,
  reason: 'RequestInvalid',
  detail: `Send the offer as ${sdpType}.`,
};

const noTrickle: Problem = {
  status: 405,
  reason: 'NotSupported',
  detail: 'Neither trickled candidates nor ICE restarts are taken. End this listen and ask for another.',
};
