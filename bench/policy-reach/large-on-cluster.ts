import { loadKubeConfig } from '@medlyssning/media-sidecar/kubernetes/load-kube-config.ts';
import type { Company, Entitlement, Profile, User } from '@medlyssning/policy';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { createKubeApi, defineResource, type KubeObject, type ResourceType } from 'kube-runtime';
import { company, entitlement, profile, user } from '../large-company.ts';

const resource = <T extends KubeObject>(kind: string, plural: string): ResourceType<T> =>
  defineResource<T>({ group: 'medlyssning.dev', version: 'v1alpha1', kind, plural, namespaced: true });
const companies = resource<Company & KubeObject>('Company', 'companies');
const profiles = resource<Profile & KubeObject>('Profile', 'profiles');
const users = resource<User & KubeObject>('User', 'users');
const entitlements = resource<Entitlement & KubeObject>('Entitlement', 'entitlements');

const namespace = 'large';
const inParallel = 24;
/** Whose right is given and taken. */
export const supervisor = 'user-1';
const right = { namespace, name: 'right-of-one' };

/** The company of `large-company.ts` in an API server, with users added as a bench grows it. */
export class LargeOnCluster implements AsyncDisposable {
  readonly #api: ReturnType<typeof createKubeApi>;
  #users = 0;

  private constructor(api: ReturnType<typeof createKubeApi>) {
    this.#api = api;
  }

  static async make(cluster: ControlPlane): Promise<LargeOnCluster> {
    const path = '/api/v1/namespaces';
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    await cluster.request({ method: 'POST', path, body });
    const api = createKubeApi(loadKubeConfig(cluster.adminKubeconfig));
    const made = new LargeOnCluster(api);
    await api.create(companies, company);
    for (const name of ['inne', 'lunch']) await api.create(profiles, profile(name, name === 'inne'));
    const selector = { matchLabels: { team: 'service' } };
    await api.create(entitlements, entitlement('licence', { license: 'KundkontaktPro', selector }));
    await api.create(entitlements, entitlement(right.name, { right: 'Medlyssning', users: [supervisor] }));
    return made;
  }

  async growTo(count: number, progress: (line: string) => void): Promise<void> {
    let told = performance.now();
    const create = async () => {
      while (this.#users < count) {
        const next = this.#users;
        this.#users += 1;
        const made = user(next);
        await this.#api.create(users, { ...made, spec: { ...made.spec, profiles: ['inne', 'lunch'] } });
        if (performance.now() - told < 2_000) continue;
        told = performance.now();
        progress(`${this.#users} of ${count} users made`);
      }
    };
    await Promise.all(Array.from({ length: inParallel }, create));
  }

  /** Gives the right to the supervisor, or to someone else in their place. */
  async giveRight(to: string): Promise<void> {
    const body = { spec: { users: [to] } };
    await this.#api.patch(entitlements, right, { contentType: 'application/merge-patch+json', body });
  }

  /** Switches a user's profile, as the PBX does. */
  async switchProfile(name: string, to: string): Promise<void> {
    const body = { status: { activeProfile: { name: to, since: new Date().toISOString() } } };
    await this.#api.patch(
      users,
      { namespace, name },
      { contentType: 'application/merge-patch+json', body },
      { subresource: 'status' },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#api.close();
  }
}
