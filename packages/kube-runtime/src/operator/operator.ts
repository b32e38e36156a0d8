import {
  CoreV1Api,
  KubeConfig,
  type KubernetesObject,
  type V1CustomResourceDefinitionVersion,
} from '@kubernetes/client-node';
import type { KubeApi } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import { addFinalizer, removeFinalizer } from '../finalizers/finalizers.ts';
import { createKubeApi } from '../http/create-kube-api.ts';
import { WorkQueue } from '../queue/work-queue.ts';
import { type AxiosRequest, authorizeAxios, authorizeGaxios, type GaxiosRequest } from './credentials.ts';
import { defineCrd } from './define-crd.ts';
import { awaitResource, type ResourceName } from './discover-resource.ts';
import { type OperatorLogger, silentLogger } from './operator-logger.ts';
import {
  type ResourceEvent,
  ResourceEventType,
  type ResourceMeta,
  ResourceMetaImpl,
} from './resource-event.ts';
import { ResourceWatch } from './resource-watch.ts';
import { patchStatus, replaceStatus, unlessGone } from './status-request.ts';

export type { OperatorLogger } from './operator-logger.ts';
export {
  type ResourceEvent,
  ResourceEventType,
  type ResourceMeta,
  ResourceMetaImpl,
} from './resource-event.ts';

/**
 * Base of an operator, with the methods of `@dot-i/k8s-operator` 1.3: one written for that package runs on this one by changing the
 * import. Faults of the API server and its network are waited out. Handlers run one at a time, as there; other than there an event is
 * handed over again, with backoff, when its handler rejects or one of the methods here could not do what it asked. States that lie
 * between may be left out, deletions never.
 */
export default abstract class Operator {
  protected kubeConfig: KubeConfig;
  protected k8sApi: CoreV1Api;
  protected logger: OperatorLogger;
  readonly #stop = new AbortController();
  readonly #types = new Map<string, ResourceType<KubeObject>>();
  readonly #watches = new Map<string, ResourceWatch>();
  readonly #queue: WorkQueue<string>;
  #api: KubeApi | undefined;
  #unfinished: unknown;
  #running = Promise.resolve();

  /** Reads the kubeconfig as kubectl does, or the pod's service account. */
  constructor(logger: OperatorLogger = silentLogger) {
    this.kubeConfig = new KubeConfig();
    this.kubeConfig.loadFromDefault();
    this.k8sApi = this.kubeConfig.makeApiClient(CoreV1Api);
    this.logger = logger;
    const onRetry = (key: string, error: unknown, failures: number, delayMs: number) =>
      this.logger.error(
        `${key} was not handled (${failures}), again in ${Math.round(delayMs)} ms: ${textOf(error)}`,
      );
    this.#queue = new WorkQueue({ backoff: { firstMs: 100, maxMs: 60_000 }, hooks: { onRetry } });
  }

  /** Resolves when `init` has; rejects as it does. */
  async start(): Promise<void> {
    this.#running = this.#queue.run(1, (key) => this.#handle(key), this.#stop.signal);
    await this.init();
  }

  /** Ends watches at once; a handler that runs may end its work. `stopped` tells when it has. */
  stop(): void {
    this.#stop.abort();
  }

  /** Resolves when nothing runs any more after `stop`. */
  get stopped(): Promise<void> {
    return this.#running.then(async () => {
      await Promise.all([...this.#watches.values()].map((watch) => watch.stop()));
      await this.#api?.close();
    });
  }

  /** Begins the watches. */
  protected abstract init(): Promise<void>;

  /** Creates the definition in a YAML file unless there is one of that name; rejects when it could not. */
  protected async registerCustomResourceDefinition(
    crdFile: string,
  ): Promise<{ group: string; versions: V1CustomResourceDefinitionVersion[]; plural: string }> {
    const { crd, created } = await defineCrd(this.kubeConfig, crdFile);
    if (created) this.logger.info(`registered custom resource definition '${crd.metadata?.name}'`);
    const { group, versions, names } = crd.spec;
    return { group, versions, plural: names.plural };
  }

  protected getCustomResourceApiUri(
    group: string,
    version: string,
    plural: string,
    namespace?: string,
  ): string {
    const server = this.kubeConfig.getCurrentCluster()?.server ?? '';
    const api = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    return `${server}${api}${namespace ? `/namespaces/${namespace}` : ''}/${plural}`;
  }

  /**
   * Watches a kind, all of it or one namespace; `group` is empty for the core group. Resolves at once: a kind that is not served yet, or an
   * API server that cannot be reached, is waited for.
   */
  protected async watchResource(
    group: string,
    version: string,
    plural: string,
    onEvent: (event: ResourceEvent) => Promise<void>,
    namespace?: string,
  ): Promise<void> {
    const id = `${plural}.${group ? `${group}/` : ''}${version}`;
    void this.#watch(id, { group, version, plural }, namespace, onEvent);
    this.logger.info(`watching resource ${id}`);
  }

  /** Replaces the whole status. Resolves with `null` when that was not possible. */
  protected setResourceStatus(meta: ResourceMeta, status: unknown): Promise<ResourceMeta | null> {
    return this.#writeStatus(meta, (type) => replaceStatus(this.#connect(), type, meta, Object(status)));
  }

  /** Patches the status by JSON Merge Patch. Resolves with `null` when that was not possible. */
  protected patchResourceStatus(meta: ResourceMeta, status: unknown): Promise<ResourceMeta | null> {
    return this.#writeStatus(meta, (type) => patchStatus(this.#connect(), type, meta, status));
  }

  /**
   * To be called with each added or modified event. Puts the finalizer on the object; when the object is being deleted, runs `deleteAction`
   * and takes it off. Resolves with whether there is nothing more to do. Rejects when it could not be done, or as `deleteAction` does.
   */
  protected async handleResourceFinalizer(
    event: ResourceEvent,
    finalizer: string,
    deleteAction: (event: ResourceEvent) => Promise<void>,
  ): Promise<boolean> {
    const { metadata } = event.object;
    if (!metadata || event.type === ResourceEventType.Deleted) return false;
    const isSet = metadata.finalizers?.includes(finalizer) ?? false;
    if (!metadata.deletionTimestamp && isSet) return false;
    if (metadata.deletionTimestamp && !isSet) return true;
    if (metadata.deletionTimestamp) await deleteAction(event);
    const type = this.#typeOf(event.meta);
    const api = this.#connect();
    const object = await unlessGone(api.get(type, event.meta));
    if (object?.metadata.uid !== metadata.uid || !object) return true;
    await (metadata.deletionTimestamp ? removeFinalizer : addFinalizer)(api, type, object, finalizer);
    return true;
  }

  /** Makes `finalizers` all there are, if the object is still as `meta` says; rejects otherwise. */
  protected async setResourceFinalizers(meta: ResourceMeta, finalizers: string[]): Promise<void> {
    const body = { metadata: { resourceVersion: meta.resourceVersion, finalizers } };
    const patch = { contentType: 'application/merge-patch+json', body } as const;
    await unlessGone(this.#connect().patch(this.#typeOf(meta), meta, patch));
  }

  /** Gives an axios request what it needs to be let into the cluster. */
  protected applyAxiosKubeConfigAuth(request: AxiosRequest): Promise<void> {
    return authorizeAxios(this.kubeConfig, request);
  }

  /** Gives a gaxios request what it needs to be let into the cluster. */
  protected applyGaxiosKubeConfigAuth(options: GaxiosRequest): Promise<void> {
    return authorizeGaxios(this.kubeConfig, options);
  }

  async #watch(
    id: string,
    resource: ResourceName,
    namespace: string | undefined,
    onEvent: (event: ResourceEvent) => Promise<void>,
  ): Promise<void> {
    const onProblem = (error: unknown) => this.logger.warn(`watch on resource ${id}: ${textOf(error)}`);
    const type = await awaitResource(this.kubeConfig, resource, this.#stop.signal, onProblem);
    if (!type) return;
    this.#types.set(id, type);
    const name = `${id}#${this.#watches.size + 1}`;
    const onChange = (key: string) => this.#queue.add(`${name} ${key}`);
    const tell = async (eventType: ResourceEventType, state: KubeObject) => {
      // A copy: a handler may change what it is given.
      const object: KubernetesObject = JSON.parse(JSON.stringify(state));
      await onEvent({ meta: ResourceMetaImpl.createWithId(id, object), type: eventType, object });
    };
    const api = this.#connect();
    this.#watches.set(name, new ResourceWatch({ api, type, namespace, onChange, onProblem, tell }));
  }

  async #handle(change: string): Promise<void> {
    const [name = '', key = ''] = change.split(' ');
    this.#unfinished = undefined;
    await this.#watches.get(name)?.handle(key);
    if (this.#unfinished !== undefined) throw this.#unfinished;
  }

  async #writeStatus(
    meta: ResourceMeta,
    write: (type: ResourceType<KubeObject>) => Promise<KubeObject | undefined>,
  ): Promise<ResourceMeta | null> {
    const type = this.#typeOf(meta);
    try {
      const written = await write(type);
      if (!written) return null;
      const { name, namespace, resourceVersion } = written.metadata;
      const { apiVersion, kind } = written;
      return { id: meta.id, name, resourceVersion, apiVersion, kind, ...(namespace ? { namespace } : {}) };
    } catch (error) {
      // The caller is told by null, which most do not look at: the event comes again.
      this.#unfinished = error;
      this.logger.error(`status of ${meta.id} ${meta.name} was not written: ${textOf(error)}`);
      return null;
    }
  }

  #connect(): KubeApi {
    this.#api ??= createKubeApi(this.kubeConfig);
    return this.#api;
  }

  #typeOf(meta: ResourceMeta): ResourceType<KubeObject> {
    const type = this.#types.get(meta.id);
    if (!type) throw new Error(`The resource ${meta.id} is not watched; call watchResource for it first.`);
    return type;
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
