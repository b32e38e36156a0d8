import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Listen } from '../../listen/listen.ts';
import { type Problem, RequestRefused } from './problem.ts';
import { refusalProblem } from './refusal-problem.ts';
import { problems } from './schemas.ts';
import type { SignIn } from './sign-in.ts';
import { listenUnknown } from './stop-listen-route.ts';
import { traceRequest } from './trace-request.ts';
import { mayKnow } from './views/listen-view.ts';
import type { WaitingListens } from './waiting-listens.ts';
import { OfferUnusable, whepOffer } from './whep-offer.ts';

export interface WhepParts {
  readonly signIn: SignIn;
  readonly waiting: WaitingListens;
  /** Listens up or being set up on this node. */
  readonly listens: () => readonly Listen[];
}

interface Route {
  readonly Params: { readonly id: string };
  readonly Body: string;
}

const summary = 'The offer of a browser, answered with the audio of the call (WHEP)';
const response = {
  201: { content: { 'application/sdp': { schema: { type: 'string' } } } },
  ...problems(404, 409, 422),
} as const;
const params = {
  type: 'object',
  properties: { id: { type: 'string', minLength: 1, maxLength: 64 } },
} as const;
/** An offer of Chromium, audio alone, has some 2 KB. */
const bodyLimit = 16 * 1024;
const sdpType = 'application/sdp';
const isSdp = /^application\/sdp\s*(?:;|$)/i;

const endpoint = '/v1/listens/:id/whep';
const session = '/v1/listens/:id';
/** Browsers ask before a page of another origin does (CORS); what is allowed is added to their answer, which needs no token. */
const preflight = { cors: { preflightContinue: true, strictPreflight: false } };

/**
 * `POST /v1/listens/{id}/whep`: the browser's offer, answered with the audio of the call (draft-ietf-wish-whep-03, RFC 9725 by
 * analogy). The listen itself is the WHEP session: `Location` names it, and `DELETE` there ends it. No counter-offer (406), no
 * trickle and no ICE restart: `PATCH` is 405. Both have no content of their own (§4.1): `GET` says whether they are there.
 */
export const whepRoute = (app: FastifyInstance, { signIn, waiting, listens }: WhepParts): void => {
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(sdpType, { parseAs: 'string', bodyLimit }, (_, body, done) => done(null, body));
  const onRequest = async (request: FastifyRequest) => {
    await signIn(request);
    if (!isSdp.test(request.headers['content-type'] ?? '')) throw new RequestRefused(notSdp);
  };
  const schema = { summary, params, consumes: [sdpType], body: { type: 'string' }, response } as const;
  app.post<Route>(endpoint, { schema, bodyLimit, onRequest }, async (request, reply) => {
    const { subject } = await signIn(request);
    const { id } = request.params;
    const sdp = offerIn(request.body);
    const admitted = waiting.take(subject, id);
    if (!admitted) throw new RequestRefused(listenUnknown);
    if (admitted === 'taken') throw new RequestRefused(answeredAlready);
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

  const noContent = { 204: { type: 'null', description: 'It is there.' }, ...problems(404) } as const;
  for (const [url, what] of [
    [endpoint, 'Is there a listen that may be offered to?'],
    [session, 'Is there this listen?'],
  ] as const)
    app.get<Route>(
      url,
      { schema: { params, summary: what, response: noContent } },
      async (request, reply) => {
        const caller = await signIn(request);
        const listen = listens().find(({ id }) => id === request.params.id);
        if (!listen || !mayKnow(caller, listen)) throw new RequestRefused(listenUnknown);
        return reply.code(204).send();
      },
    );

  app.options(endpoint, { schema: { hide: true }, config: preflight }, async (_, reply) =>
    reply.headers({ allow: 'GET, HEAD, OPTIONS, POST', 'accept-post': sdpType }).send(),
  );
  app.options(session, { schema: { hide: true }, config: preflight }, async (_, reply) =>
    reply.header('allow', 'DELETE, GET, HEAD, OPTIONS').send(),
  );

  /** Before the body is looked at: whatever it is of, it is not taken. */
  const refuse =
    (allow: string, problem: Problem) => async (request: FastifyRequest, reply: FastifyReply) => {
      await signIn(request);
      reply.header('allow', allow);
      throw new RequestRefused(problem);
    };
  const never = async () => undefined;
  app.route({
    method: 'PATCH',
    url: session,
    schema: { hide: true },
    onRequest: refuse('DELETE, GET, HEAD, OPTIONS', noTrickle),
    handler: never,
  });
  app.route({
    method: ['POST', 'PUT'],
    url: session,
    schema: { hide: true },
    onRequest: refuse('DELETE, GET, HEAD, OPTIONS', notSupported),
    handler: never,
  });
  app.route({
    method: ['DELETE', 'PATCH', 'PUT'],
    url: endpoint,
    schema: { hide: true },
    onRequest: refuse('GET, HEAD, OPTIONS, POST', notSupported),
    handler: never,
  });
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

const answeredAlready: Problem = {
  status: 409,
  reason: 'OfferAnswered',
  detail: 'This listen has had its offer. End it, and ask for another.',
};

const notSupported: Problem = {
  status: 405,
  reason: 'NotSupported',
  detail: 'This address does not take that method; see Allow.',
};

const noTrickle: Problem = {
  status: 405,
  reason: 'NotSupported',
  detail: 'Neither trickled candidates nor ICE restarts are taken. End this listen and ask for another.',
};
