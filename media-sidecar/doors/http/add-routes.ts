import type { PolicyIndex } from '@medlyssning/policy';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.ts';
import type { ActiveProfiles } from '../../policy/active-profiles.ts';
import type { Cluster } from '../../policy/open-source.ts';
import { createProfileSwitch } from '../../policy/switch-active-profile.ts';
import { activeProfileInDirectory, activeProfileRoute } from './active-profile-route.ts';
import { createAuthorise } from './authorise.ts';
import { type StopListenParts, stopListenRoute } from './stop-listen-route.ts';

export interface RouteParts extends Pick<StopListenParts, 'listens'> {
  readonly auth: NonNullable<Config['http']>['auth'];
  /** `undefined` where the policy comes from a directory. */
  readonly cluster: Pick<Cluster, 'api'> | undefined;
  readonly index: PolicyIndex;
  readonly profiles: ActiveProfiles;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** All that the HTTP API answers. */
export const addRoutes = (
  app: FastifyInstance,
  { auth, cluster, index, profiles, listens, now }: RouteParts,
): void => {
  if (!cluster) {
    activeProfileInDirectory(app);
    return;
  }
  const { api } = cluster;
  const authorise = createAuthorise({ api, audience: auth.kubernetes.audience });
  activeProfileRoute(app, {
    index,
    now,
    authorise,
    switchProfile: createProfileSwitch({ api, index, profiles, now }),
  });
  stopListenRoute(app, { authorise, listens });
};
