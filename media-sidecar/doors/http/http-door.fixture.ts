import {
  type DevelopmentIssuer,
  startDevelopmentIssuer,
} from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import type { KubeApi, KubeObject, ResourceType, ReviewApi } from 'kube-runtime';
import { pino } from 'pino';
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

export interface OpenDoor {
  readonly stage: Awaited<ReturnType<typeof listening>>;
  readonly issuer: DevelopmentIssuer;
  readonly origin: string;
  /** Sends a request with this token. */
  send(path: string, token?: string, options?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** The whole HTTP API on a stage where Anna is in a call, with an issuer and a cluster. */
export const openDoor = async (origins: readonly string[] = []): Promise<OpenDoor> => {
  const issuer = await startDevelopmentIssuer();
  const stage = await listening();
  const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
  const auth = { kubernetes: { audience: 'medlyssning.dev' }, oidc: issuer.config };
  const parts = { ...stage, auth, cluster: { api: cluster }, profiles: new ActiveProfiles() };
  const door = await openHttpDoor({ listen, origins: [...origins] }, pino({ level: 'silent' }), (app) =>
    addRoutes(app, parts),
  );
  const origin = `http://127.0.0.1:${door.port}`;
  return {
    stage,
    issuer,
    origin,
    send: (path, token, options = {}) =>
      fetch(`${origin}${path}`, {
        ...options,
        headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...options.headers },
      }),
    async close() {
      await door.close();
      await issuer.close();
    },
  };
};
