import type { AddressInfo } from 'node:net';
import type { Server } from 'node:tls';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { openApi } from './open-api.ts';
import { type Problem, problemBody, problemType, RequestRefused } from './problem.ts';
import { addSchemas } from './schemas.ts';
import { followTlsFiles } from './tls/follow-tls-files.ts';
import { readTlsFiles } from './tls/tls-files.ts';

export interface HttpDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** What comes is small; who sends more, or slowly, is nobody we know. */
const bodyLimit = 4 * 1024;
/** Streams of events stay open. */
const maxConnections = 2_000;
const requestMs = 5_000;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What is answered is data: a browser that shows it as a page runs and loads nothing of it. */
const nothing = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };
/** From one address: a PBX in which a shift changes, not one in a loop. */
const perSecond = 200;

/** Opens the HTTP API with the routes that `add` puts in it. Every answer that is no success is a problem with a reason. */
export const openHttpDoor = async (
  { listen, tls, origins }: Pick<NonNullable<Config['http']>, 'listen' | 'tls' | 'origins'>,
  log: Logger,
  add: (app: FastifyInstance) => void,
): Promise<HttpDoor> => {
  const material = tls && (await readTlsFiles(tls));
  const app: FastifyInstance = fastify({
    bodyLimit,
    requestTimeout: requestMs,
    connectionTimeout: requestMs * 2,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    frameworkErrors: (error, _, reply) => refuse(reply, problemOf(error)),
    // who comes without a certificate, or with a bad one, is let in as everybody is: it gives no rights
    ...(material && {
      https: { ...material, requestCert: material.ca !== undefined, rejectUnauthorized: false },
    }),
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
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: nothing },
    hsts: material !== undefined,
  });
  if (origins.length > 0)
    await app.register(cors, {
      origin: [...origins],
      methods,
      exposedHeaders: ['location', 'etag'],
      maxAge: 600,
    });
  app.addHook('onSend', async (_, reply) => void reply.header('cache-control', 'no-store'));
  await app.register(swagger, { openapi: openApi });
  addSchemas(app);
  app.after(() => {
    add(app);
    app.get('/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
  if (tls && material) {
    const following = followTlsFiles(app.server as unknown as Server, tls, material, log);
    app.addHook('onClose', async () => following.stop());
  }
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
