import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.ts';

type HttpConfig = NonNullable<Config['http']>;

export interface ConsoleFiles {
  readonly console: NonNullable<HttpConfig['console']>;
  /** Where the page signs people in. */
  readonly issuer: string;
}

/**
 * What the page may do: run its own script, ask this API and the issuer, and nothing else. No script of a stranger, no frame, no form;
 * and no microphone, since it only ever listens.
 */
const policyOf = (issuer: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(issuer).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const permissions = 'microphone=(), camera=(), geolocation=(), display-capture=()';

/**
 * Serves the console under `/`, and what it has to know before anybody signs in as `/console.json`. The door does not open where the
 * page was not built.
 */
export const consoleFiles = (app: FastifyInstance, { console, issuer }: ConsoleFiles): void => {
  const policy = policyOf(issuer);
  const { clientId, scope, files } = console;
  app.register(async (page) => {
    const root = resolve(files);
    await access(join(root, 'index.html')).catch(() => {
      throw new Error(
        `http.console.files: there is no index.html in ${files}. Build the page with npm run build:console.`,
      );
    });
    page.addHook('onSend', async (_, reply) => {
      reply.headers({ 'content-security-policy': policy, 'permissions-policy': permissions });
    });
    // a route for each file that is there now: no path of a stranger is ever looked up
    await page.register(fastifyStatic, { root, wildcard: false, cacheControl: false });
    page.get('/console.json', { schema: { hide: true } }, () => ({ issuer, clientId, scope }));
  });
};
