import {
  type DevelopmentIssuer,
  startDevelopmentIssuer,
} from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import type { KubeApi, KubeObject, ResourceType, ReviewApi } from 'kube-runtime';
import { pino } from 'pino';
import { scratch } from '../../audit/audit.fixture.ts';
import type { AuditQuery, AuditReader } from '../../audit/audit-store.ts';
import { SqliteReader } from '../../audit/sqlite/sqlite-reader.ts';
import { SqliteWriter } from '../../audit/sqlite/sqlite-writer.ts';
import type { Config } from '../../config/config.ts';
import { listening } from '../../listen/listening.fixture.ts';
import { ActiveProfiles } from '../../policy/active-profiles.ts';
import { addRoutes } from './add-routes.ts';
import { openHttpDoor } from './http-door.ts';

/** What these ServiceAccounts may do in the namespace acme. */
const machines: Readonly<Record<string, readonly string[]>> = {
  'pbx-token': ['switch users'],
  'machine-token': ['list listens', 'delete listens'],
};

interface Spec {
  readonly token?: string;
  readonly user?: string;
  readonly resourceAttributes?: {
    readonly namespace: string;
    readonly verb: string;
    readonly resource: string;
  };
}

/** A cluster that knows those machines, and takes what is written. */
const cluster = {
  review: async ({ kind }: ResourceType<KubeObject>, { token = '', user = '', resourceAttributes }: Spec) => {
    if (kind === 'TokenReview')
      return token in machines
        ? { authenticated: true, audiences: ['medlyssning.dev'], user: { username: token } }
        : { authenticated: false };
    const { namespace, verb, resource } = resourceAttributes ?? {};
    return { allowed: namespace === 'acme' && (machines[user]?.includes(`${verb} ${resource}`) ?? false) };
  },
  get: async () => ({ metadata: {}, spec: { companyRef: { name: 'acme' }, profiles: ['inne'] } }),
  apply: async () => ({}),
} as unknown as KubeApi & ReviewApi;

type Http = NonNullable<Config['http']>;
type Stage = Awaited<ReturnType<typeof listening>>;

/** The records of the stage, in a store such as a sidecar has. */
const recordsOf = ({ audit }: Stage) => {
  const place = scratch();
  const writer = new SqliteWriter(place.file, 'n');
  const reader = new SqliteReader(place.file);
  let problem: Error | undefined;
  const now = async () => {
    if (problem) throw problem;
    writer.append(audit.records);
    return reader;
  };
  return {
    fail: (error: Error) => {
      problem = error;
    },
    page: async (query: AuditQuery) => (await now()).page(query),
    companyRows: async (...of: Parameters<AuditReader['companyRows']>) => (await now()).companyRows(...of),
    async close() {
      writer.close();
      await reader.close();
      place[Symbol.dispose]();
    },
  };
};

export interface OpenDoor {
  readonly stage: Stage;
  readonly issuer: DevelopmentIssuer;
  readonly origin: string;
  /** From now on the records cannot be read. */
  failRecords(problem: Error): void;
  /** Sends a request with this token. */
  send(path: string, token?: string, options?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly tls?: NonNullable<Http['tls']>;
  readonly certificates?: NonNullable<Http['auth']['certificates']>;
  /** Sends requests to a door with TLS. */
  readonly fetch?: (url: string, options: RequestInit) => Promise<Response>;
}

/** The whole HTTP API on a stage where Anna is in a call, with an issuer and a cluster. */
export const openDoor = async (
  origins: readonly string[] = [],
  { tls, certificates, fetch: sends = fetch }: DoorOptions = {},
): Promise<OpenDoor> => {
  const issuer = await startDevelopmentIssuer();
  const stage = await listening();
  const records = recordsOf(stage);
  const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
  const auth = {
    kubernetes: { audience: 'medlyssning.dev' },
    oidc: issuer.config,
    ...(certificates && { certificates }),
  };
  const log = pino({ level: 'silent' });
  const parts = { ...stage, records, auth, cluster: { api: cluster }, profiles: new ActiveProfiles(), log };
  const door = await openHttpDoor({ listen, origins: [...origins], ...(tls && { tls }) }, log, (app) =>
    addRoutes(app, parts),
  );
  const origin = `http${tls ? 's' : ''}://127.0.0.1:${door.port}`;
  return {
    stage,
    issuer,
    origin,
    failRecords: records.fail,
    send: (path, token, options = {}) =>
      sends(`${origin}${path}`, {
        ...options,
        headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...options.headers },
      }),
    async close() {
      await door.close();
      await records.close();
      await issuer.close();
    },
  };
};
