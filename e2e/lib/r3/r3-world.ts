import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type {
  AdminClient,
  AdminRequest,
  AdminResponse,
} from '@medlyssning/tools/control-plane/admin-client.ts';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { answerOf } from './answer.ts';
import { type Around, attempts } from './attempts.ts';
import { type Actor, bindingsOf, cast, everything, sidecarNode, sidecarPod } from './cast.ts';
import { policyInForce } from './policy-in-force.ts';
import { create, dryRun, type Json, merge, pathOf, rbacGroup } from './requests.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const companyRef = { name: 'acme' };

/** Acme and Beta on a real API server, with the roles and admission policies of the chart, and somebody of every role. */
export class R3World {
  readonly cluster: ControlPlane;
  readonly #clients: ReadonlyMap<string, AdminClient>;

  private constructor(cluster: ControlPlane, clients: ReadonlyMap<string, AdminClient>) {
    this.cluster = cluster;
    this.#clients = clients;
  }

  /**
   * @param actors by the headings of docs/r3.md, and any others
   * @param install puts the two companies, the roles and the admission policies there
   */
  static async start(
    actors: Readonly<Record<string, Actor>> = cast,
    install: (cluster: ControlPlane) => Promise<unknown> = applyExamples,
  ): Promise<R3World> {
    const cluster = await startControlPlane();
    await install(cluster);
    const arrange = async (path: string, body: unknown) => {
      const answer = await cluster.request({ method: 'POST', path, body });
      if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    };
    await arrange(`${rbacGroup}/clusterroles`, everything);
    for (const binding of Object.values(actors).flatMap(bindingsOf))
      await arrange(pathOfBinding(binding), binding);
    await arrange('/api/v1/nodes', { metadata: { name: sidecarNode } });
    await arrange('/api/v1/namespaces/medlyssning-system/pods', podOf(sidecarPod, sidecarNode));
    for (const request of seeds) {
      const answer = await cluster.request(request);
      if (answer.status >= 300) throw new Error(`${request.path}: ${JSON.stringify(answer.body)}`);
    }
    const clients = new Map<string, AdminClient>();
    for (const [actor, { login }] of Object.entries(actors))
      clients.set(actor, await cluster.clientFor(login));
    const world = new R3World(cluster, clients);
    await world.#settled();
    return world;
  }

  /** Tries an operation by its name in docs/r3.md. A dry run is admitted as any other request, and leaves nothing behind. */
  async attempt(actor: string, operation: string, how: 'dry run' | 'for real'): Promise<AdminResponse> {
    const attempt = attempts[operation];
    if (attempt === undefined) throw new Error(`There is no attempt to "${operation}".`);
    const request = await attempt(this.#around);
    return this.request(actor, how === 'dry run' ? dryRun(request) : request);
  }

  /** Any request of an actor's. */
  request(actor: string, request: AdminRequest): Promise<AdminResponse> {
    const client = this.#clients.get(actor);
    if (client === undefined) throw new Error(`There is no actor ${actor}.`);
    return client.request(request);
  }

  /** Every object of ours in every namespace, as `path resourceVersion`: what was not written has the same one. */
  async revisions(): Promise<readonly string[]> {
    const resources = ['companies', 'profiles', 'users', 'entitlements', 'forkpolicies', 'medianodes'];
    const lists = await Promise.all(resources.map((resource) => this.#list(resource)));
    return lists.flat();
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.cluster.stop();
  }

  readonly #around: Around = {
    read: async (target) => {
      const { body } = await this.cluster.request({ method: 'GET', path: pathOf(target) });
      return body as Awaited<ReturnType<Around['read']>>;
    },
    owner: { apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: '00000000-0000-4000-8000-000000000000' },
  };

  async #list(resource: string): Promise<readonly string[]> {
    const path = `/apis/medlyssning.dev/v1alpha1/${resource}`;
    const { body } = await this.cluster.request({ method: 'GET', path });
    const { items } = body as { readonly items: readonly { readonly metadata: Json }[] };
    return items.map(
      ({ metadata }) =>
        `${resource} ${metadata['namespace']}/${metadata['name']} ${metadata['resourceVersion']}`,
    );
  }

  /** The API server takes up policies, their parameters and roles within a second or two of being told. */
  async #settled(): Promise<void> {
    const end = Date.now() + 30_000;
    for (const [actor, operation, expected] of taken) {
      const answer = async () => answerOf(await this.attempt(actor, operation, 'dry run'));
      while ((await answer()) !== expected) {
        if (Date.now() > end)
          throw new Error(`${actor}: "${operation}" is not ${expected}: ${await answer()}`);
        await setTimeout(100);
      }
    }
  }
}

const applyExamples = (cluster: ControlPlane) =>
  cluster.applyFiles([join(root, 'examples/acme'), join(root, 'examples/beta'), ...chartFiles]);

/** One attempt for each policy, each of its kinds of parameter, and each aggregated role. */
const taken = [
  ['sub', 'create a right', 'rights'],
  ['sub', 'change the devices of one whose right begins later', 'holders-granted'],
  ['sub', 'change the devices of one whose right is gone but in force', 'holders-in-force'],
  ['owner', 'create a company', 'companies'],
  ['owner', 'create a ForkPolicy', 'operator-only'],
  ['owner', 'write what the operator says of a user', 'user-status'],
  ['owner', "create a MediaNode in the company's namespace", 'media-nodes'],
  ['edit', 'create a user', 'yes'],
  ['admin', 'create a user', 'yes'],
] as const;

const seeds = [
  create(
    'entitlements',
    { name: 'later' },
    { companyRef, right: 'Medlyssning', users: ['lena', 'newcomer'], validFrom: '2099-01-01T00:00:00Z' },
  ),
  { method: 'POST', path: pathOf('forkpolicies'), body: policyInForce() },
  create('medianodes', { name: 'node-b' }, { pool: 'default' }, 'medlyssning-system'),
  merge('users/anna/status', {
    status: { activeProfile: { name: 'kundtjanst', since: '2026-03-01T07:00:00Z' } },
  }),
] as const;

function podOf(name: string, nodeName: string): Json {
  const containers = [{ name: 'sidecar', image: 'tests.example/sidecar' }];
  return { metadata: { name }, spec: { nodeName, serviceAccountName: 'medlyssning-sidecar', containers } };
}

function pathOfBinding({ kind, metadata }: Json): string {
  const { namespace } = metadata as { readonly namespace?: string };
  return kind === 'RoleBinding'
    ? `${rbacGroup}/namespaces/${namespace}/rolebindings`
    : `${rbacGroup}/clusterrolebindings`;
}
