/** The door for probes and scrapers that every process of ours has. */
export { type HealthServer, openHealthServer, type Probes, type Readiness } from './health-server.ts';
