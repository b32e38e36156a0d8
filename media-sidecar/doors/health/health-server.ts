import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** What keeps the node from taking listens; empty when it is ready. */
export type Readiness = () => readonly string[];

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * `/healthz` (the process answers), `/readyz` (a policy is applied and both engines answer; 503 with what is missing)
 * and `/metrics` (Prometheus text).
 */
export const openHealthServer = async (
  address: { readonly host: string; readonly port: number },
  registry: Registry,
  notReady: Readiness,
): Promise<HealthServer> => {
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: string, type = 'text/plain; charset=utf-8') =>
      response.writeHead(status, { 'content-type': type }).end(body);
    if (request.method !== 'GET') return reply(405, 'GET only\n');
    switch (request.url) {
      case '/healthz':
        return reply(200, 'ok\n');
      case '/readyz': {
        const missing = notReady();
        return missing.length === 0
          ? reply(200, 'ready\n')
          : reply(503, `not ready: ${missing.join(', ')}\n`);
      }
      case '/metrics':
        return reply(200, await registry.metrics(), registry.contentType);
      default:
        return reply(404, 'not here; try /healthz, /readyz or /metrics\n');
    }
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
