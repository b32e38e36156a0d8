import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is known about the process, for Prometheus. */
export interface MetricsText {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/** What keeps the node from taking listens; empty when it is ready. */
export type Readiness = () => readonly string[];

/** Further probes by their path, such as `/healthz/engine`: 200 while it says true, 503 otherwise. */
export type Probes = ReadonlyMap<string, () => boolean>;

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Probes and a scraper or two; whoever opens more must not cost the SIP door its file descriptors. */
const maxConnections = 64;
/** A request must be whole within this time, ms; looked at this often. */
const requestMs = 5_000;
const checkMs = 1_000;
const maxHeaderSize = 8 * 1024;

const answer = async (
  { method, url }: IncomingMessage,
  response: ServerResponse,
  registry: MetricsText,
  notReady: Readiness,
  probes: Probes,
): Promise<void> => {
  const reply = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
    void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
  if (method !== 'GET') return reply(405, 'GET only\n', { allow: 'GET', connection: 'close' });
  const probe = probes.get(url ?? '');
  if (probe) return probe() ? reply(200, 'ok\n') : reply(503, 'not ok\n');
  switch (url) {
    case '/healthz':
      return reply(200, 'ok\n');
    case '/readyz': {
      const missing = notReady();
      return missing.length === 0 ? reply(200, 'ready\n') : reply(503, `not ready: ${missing.join(', ')}\n`);
    }
    case '/metrics':
      return reply(200, await registry.metrics(), { 'content-type': registry.contentType });
    default:
      return reply(404, 'not here; try /healthz, /readyz or /metrics\n');
  }
};

/**
 * `/healthz` (the process answers), `/readyz` (a policy is applied and both engines answer; 503 with what is missing),
 * `/metrics`, and `probes`. A fault in any of them is a 500, and nothing else.
 */
export const openHealthServer = async (
  address: { readonly host: string; readonly port: number },
  registry: MetricsText,
  notReady: Readiness,
  probes: Probes = new Map(),
): Promise<HealthServer> => {
  const limits = {
    maxHeaderSize,
    connectionsCheckingInterval: checkMs,
    headersTimeout: requestMs,
    requestTimeout: requestMs,
  };
  const server = createServer(limits, (request, response) => {
    answer(request, response, registry, notReady, probes).catch(() => response.writeHead(500).end());
  });
  server.maxConnections = maxConnections;
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
