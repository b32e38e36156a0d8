import type { PolicyIndex } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.ts';
import type { ListenService } from '../../listen/listen-service.ts';
import type { ActiveProfiles } from '../../policy/active-profiles.ts';
import type { Cluster } from '../../policy/open-source.ts';
import { createProfileSwitch } from '../../policy/switch-active-profile.ts';
import { activeProfileInDirectory, activeProfileRoute } from './active-profile-route.ts';
import { createAuthorise } from './authorise.ts';
import { createOidc } from './oidc.ts';
import { createSignIn } from './sign-in.ts';
import { startListenRoute } from './start-listen-route.ts';
import { stopListenRoute } from './stop-listen-route.ts';
import { createWaitingListens } from './waiting-listens.ts';
import { whepRoute } from './whep-route.ts';

export interface RouteParts {
  readonly auth: NonNullable<Config['http']>['auth'];
  /** `undefined` where the policy comes from a directory. */
  readonly cluster: Pick<Cluster, 'api'> | undefined;
  readonly index: PolicyIndex;
  readonly profiles: ActiveProfiles;
  readonly service: ListenService;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** All that the HTTP API answers. */
export const addRoutes = (app: FastifyInstance, parts: RouteParts): void => {
  const { auth, cluster, index, profiles, service, now } = parts;
  const authorise = cluster && createAuthorise({ api: cluster.api, audience: auth.kubernetes.audience });
  if (cluster && authorise) {
    const switchProfile = createProfileSwitch({ api: cluster.api, index, profiles, now });
    activeProfileRoute(app, { index, now, authorise, switchProfile });
  } else activeProfileInDirectory(app);

  const oidc = auth.oidc && createOidc(auth.oidc);
  const signIn = createSignIn({ oidc, index });
  const isLogin = (token: string) => oidc?.claims(token) ?? false;
  const waiting = createWaitingListens();
  startListenRoute(app, { signIn, service, waiting });
  whepRoute(app, { signIn, waiting });
  stopListenRoute(app, { isLogin, signIn, authorise, listens: () => service.listens });
};
