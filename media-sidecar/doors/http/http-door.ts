import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { type Problem, problemBody, problemType, RequestRefused } from './problem.ts';

export interface HttpDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** What comes is small; who sends more, or slowly, is nobody we know. */
const bodyLimit = 4 * 1024;
const maxConnections = 256;
const requestMs = 5_000;
/** From one address: a PBX in which a shift changes, not one in a loop. */
const perSecond = 200;

/** Opens the HTTP API with the routes that `add` puts in it. Every answer that is no success is a problem with a reason. */
export const openHttpDoor = async (
  { listen, tls }: NonNullable<Config['http']>,
  log: Logger,
  add: (app: FastifyInstance) => void,
): Promise<HttpDoor> => {
  const files = tls && { cert: await readFile(tls.cert), key: await readFile(tls.key) };
  const app: FastifyInstance = fastify({
    bodyLimit,
    requestTimeout: requestMs,
    connectionTimeout: requestMs * 2,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    frameworkErrors: (error, _, reply) => refuse(reply, problemOf(error)),
    ...(files && { https: files }),
  });
  app.server.maxConnections = maxConnections;
  app.setErrorHandler<FastifyError>((error, _, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ err: error, reason: problem.reason }, 'an HTTP request failed');
    return refuse(reply, problem);
  });
  app.setNotFoundHandler(() => {
    throw new RequestRefused(notFound);
  });
  await app.register(rateLimit, { max: perSecond, timeWindow: 1_000, cache: 10_000 });
  app.after(() => add(app));
  await app.listen({ host: listen.host, port: listen.port });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
};

const refuse = (reply: FastifyReply, problem: Problem) =>
  reply.code(problem.status).type(problemType).send(problemBody(problem));

const problemOf = (error: FastifyError): Problem => {
  if (error instanceof RequestRefused) return error.problem;
  const { statusCode = 500 } = error;
  if (statusCode === 429)
    return { status: 429, reason: 'TooManyRequests', detail: 'Too many requests a second.' };
  if (statusCode >= 400 && statusCode < 500)
    return { status: statusCode, reason: 'RequestInvalid', detail: error.message };
  return { status: 500, reason: 'Internal', detail: 'A fault of the sidecar; its log has more.' };
};

const notFound: Problem = { status: 404, reason: 'NotFound', detail: 'There is nothing at this address.' };
