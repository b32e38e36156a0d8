import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { AuditReader } from '../../audit/audit-store.ts';
import type { Config } from '../../config/config.ts';
import type { EventStream, ListenEvent, ProfileSwitched } from '../../events/event-stream.ts';
import type { CallDevice } from '../../listen/device-call.ts';
import type { Knowledge } from '../../listen/gather.ts';
import type { ListenService } from '../../listen/listen-service.ts';
import type { ActiveProfiles } from '../../policy/active-profiles.ts';
import type { Cluster } from '../../policy/open-source.ts';
import type { PolicyStore } from '../../policy/policy-store.ts';
import { createProfileSwitch } from '../../policy/switch-active-profile.ts';
import { activeProfileInDirectory, activeProfileRoute } from './active-profile-route.ts';
import { createAsker } from './asker.ts';
import { auditExportRoute } from './audit-export-route.ts';
import { auditRoute } from './audit-route.ts';
import { createAuthorise } from './authorise.ts';
import { createAuthoriseMachine } from './authorise-machine.ts';
import { colleaguesRoute } from './colleagues-route.ts';
import { consoleFiles } from './console-files.ts';
import { noteChanges } from './events/note-changes.ts';
import { Notices } from './events/notices.ts';
import { eventsRoute } from './events-route.ts';
import { explainRoute } from './explain-route.ts';
import { listensRoute } from './listens-route.ts';
import { createOidc } from './oidc.ts';
import { createSignIn } from './sign-in.ts';
import { startListenRoute } from './start-listen-route.ts';
import { stopListenRoute } from './stop-listen-route.ts';
import { ColleagueList } from './views/colleague-list.ts';
import { createWaitingListens } from './waiting-listens.ts';
import { whepRoute } from './whep-route.ts';
import { whoCanListenRoute } from './who-can-listen-route.ts';

export interface RouteParts {
  readonly auth: NonNullable<Config['http']>['auth'];
  /** `undefined`: no page, the API alone. */
  readonly console?: NonNullable<Config['http']>['console'];
  /** `undefined` where the policy comes from a directory. */
  readonly cluster: Pick<Cluster, 'api'> | undefined;
  readonly profiles: ActiveProfiles;
  readonly service: ListenService;
  readonly know: Knowledge;
  readonly catchUp: () => Promise<boolean>;
  readonly events: EventStream<ListenEvent>;
  readonly profileEvents: EventStream<ProfileSwitched>;
  readonly store: Pick<PolicyStore, 'subscribe'>;
  readonly callDevice: CallDevice;
  readonly records: Pick<AuditReader, 'page' | 'companyRows'>;
  readonly log: Logger;
}

/** All that the HTTP API answers. */
export const addRoutes = (app: FastifyInstance, parts: RouteParts): void => {
  const { auth, console, cluster, profiles, service, know, catchUp, events, profileEvents } = parts;
  const { store, callDevice, records, log } = parts;
  const { index, now, book } = know;
  const byToken = cluster && createAuthorise({ api: cluster.api, audience: auth.kubernetes.audience });
  const authorise = createAuthoriseMachine({ byToken, machines: auth.certificates ?? [], now });
  if (cluster && authorise) {
    const switchProfile = createProfileSwitch({
      api: cluster.api,
      index,
      profiles,
      events: profileEvents,
      now,
    });
    activeProfileRoute(app, { index, now, authorise, switchProfile });
  } else activeProfileInDirectory(app);

  const oidc = auth.oidc && createOidc(auth.oidc);
  const signIn = createSignIn({ oidc, index });
  const isLogin = (token: string) => oidc?.claims(token) ?? false;
  const waiting = createWaitingListens();
  startListenRoute(app, { signIn, service, waiting, index, callDevice });
  const listens = () => service.listens;
  whepRoute(app, { signIn, waiting, listens });
  stopListenRoute(app, { isLogin, signIn, authorise, listens });

  const list = new ColleagueList(index);
  const notices = new Notices((error) => log.error({ err: error }, 'a follower of events failed'));
  const unnote = noteChanges(notices, { book, events, store });
  const unlist = store.subscribe(() => list.forget());
  app.addHook('onClose', async () => {
    unnote();
    unlist();
  });
  const ask = createAsker({ index, isLogin, signIn, authorise });
  colleaguesRoute(app, { signIn, know, list, listens });
  listensRoute(app, { ask, index, listens });
  explainRoute(app, { ask, know, catchUp });
  auditRoute(app, { signIn, index, records });
  auditExportRoute(app, { signIn, records });
  whoCanListenRoute(app, { ask, know, catchUp });
  if (console && auth.oidc) consoleFiles(app, { console, issuer: auth.oidc.issuer });
  eventsRoute(app, { signIn, notices, know, listens, log });
};
