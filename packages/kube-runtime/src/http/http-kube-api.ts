import type {
  ApplyQuery,
  CallOptions,
  DeleteQuery,
  KubeApi,
  ListPage,
  ListQuery,
  Patch,
  ReviewApi,
  SubresourceQuery,
  WatchQuery,
  WriteQuery,
  Written,
} from '../api/kube-api.ts';
import type { KubeObject, ObjectRef } from '../api/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../api/resource-type.ts';
import type { WatchEvent } from '../api/watch-event.ts';
import type { Clock } from '../clock.ts';
import { linkedAbort } from '../linked-abort.ts';
import type { Call, Exchange } from './exchange.ts';
import { readBounded } from './read-bounded.ts';
import { parseJson, readObject, readPage } from './read-object.ts';
import { readWatchEvent } from './read-watch-event.ts';
import { collectionPath, needNamespace, objectPath, withQuery } from './resource-path.ts';
import { splitLines } from './split-lines.ts';

import { withDeadline } from './with-deadline.ts';

/** The API server itself gives up on a request after 60 s. */
const requestDeadlineMs = 60_000;
/** etcd takes objects up to 1.5 MiB; JSON with all its escapes is longer than what is stored. */
const maxEventBytes = 16 * 1024 * 1024;
/** Below the longest string of V8 (512 MiB), and above any list that a process of this kind should hold. */
const maxAnswerBytes = 256 * 1024 * 1024;

type Asked = Omit<Call, 'signal' | 'what'> & { readonly verb: string };

/** The paths, verbs and bodies of the Kubernetes API. */
export class HttpKubeApi implements KubeApi, ReviewApi {
  readonly #exchange: Exchange;
  readonly #close: () => Promise<void>;
  readonly #clock: Clock;

  constructor(exchange: Exchange, close: () => Promise<void>, clock: Clock) {
    this.#exchange = exchange;
    this.#close = close;
    this.#clock = clock;
  }

  async list<T extends KubeObject>(
    type: ResourceType<T>,
    { namespace, ...query }: ListQuery = {},
    options?: CallOptions,
  ): Promise<ListPage<T>> {
    const path = withQuery(collectionPath(type, namespace), { ...query });
    return readPage(type, await this.#text(type, { method: 'GET', path, verb: 'list' }, options));
  }

  async *watch<T extends KubeObject>(
    type: ResourceType<T>,
    { namespace, allowBookmarks, ...query }: WatchQuery,
    { signal }: CallOptions = {},
  ): AsyncGenerator<WatchEvent<T>, void, undefined> {
    const own = linkedAbort(signal);
    const what = `watch ${nameOf(type)}`;
    try {
      const path = withQuery(collectionPath(type, namespace), {
        ...query,
        watch: true,
        allowWatchBookmarks: allowBookmarks,
      });
      const body = await this.#exchange.send({
        method: 'GET',
        path,
        what,
        signal: own.signal,
        isStream: true,
      });
      for await (const line of splitLines(body, maxEventBytes)) yield readWatchEvent(type, line, what);
    } finally {
      own.release();
      own.abort(new Error('Nobody reads this watch any more.'));
    }
  }

  get<T extends KubeObject>(type: ResourceType<T>, ref: ObjectRef, options?: CallOptions): Promise<T> {
    return this.#object(type, { method: 'GET', path: objectPath(type, ref), verb: 'get' }, options);
  }

  create<T extends KubeObject>(
    type: ResourceType<T>,
    object: Written<T>,
    query: WriteQuery = {},
    options?: CallOptions,
  ): Promise<T> {
    const { namespace } = object.metadata;
    needNamespace(type, namespace);
    const path = withQuery(collectionPath(type, namespace), { ...query });
    return this.#object(type, { method: 'POST', path, verb: 'create', body: bodyOf(type, object) }, options);
  }

  async review(type: ResourceType<KubeObject>, spec: object, options?: CallOptions): Promise<unknown> {
    const path = collectionPath(type, undefined);
    const text = JSON.stringify({ apiVersion: apiVersionOf(type), kind: type.kind, spec });
    const body = { contentType: 'application/json', text };
    return parseJson(await this.#text(type, { method: 'POST', path, verb: 'create', body }, options))[
      'status'
    ];
  }

  apply<T extends KubeObject>(
    type: ResourceType<T>,
    object: Written<T>,
    { subresource, ...query }: ApplyQuery,
    options?: CallOptions,
  ): Promise<T> {
    const path = withQuery(objectPath(type, refIn(object), subresource), { ...query });
    // JSON is YAML.
    const body = { ...bodyOf(type, object), contentType: 'application/apply-patch+yaml' };
    return this.#object(type, { method: 'PATCH', path, verb: 'apply', body }, options);
  }

  patch<T extends KubeObject>(
    type: ResourceType<T>,
    ref: ObjectRef,
    { contentType, body }: Patch,
    { subresource, ...query }: SubresourceQuery = {},
    options?: CallOptions,
  ): Promise<T> {
    const path = withQuery(objectPath(type, ref, subresource), { ...query });
    const text = JSON.stringify(body);
    return this.#object(type, { method: 'PATCH', path, verb: 'patch', body: { contentType, text } }, options);
  }

  replace<T extends KubeObject>(
    type: ResourceType<T>,
    object: Written<T>,
    { subresource, ...query }: SubresourceQuery = {},
    options?: CallOptions,
  ): Promise<T> {
    const path = withQuery(objectPath(type, refIn(object), subresource), { ...query });
    return this.#object(type, { method: 'PUT', path, verb: 'replace', body: bodyOf(type, object) }, options);
  }

  async delete<T extends KubeObject>(
    type: ResourceType<T>,
    ref: ObjectRef,
    query: DeleteQuery = {},
    options?: CallOptions,
  ): Promise<void> {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', ...query });
    const body = { contentType: 'application/json', text };
    await this.#text(type, { method: 'DELETE', path: objectPath(type, ref), verb: 'delete', body }, options);
  }

  close(): Promise<void> {
    return this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #object<T extends KubeObject>(
    type: ResourceType<T>,
    asked: Asked,
    options?: CallOptions,
  ): Promise<T> {
    return readObject(type, parseJson(await this.#text(type, asked, options)));
  }

  #text(type: ResourceType<KubeObject>, { verb, ...call }: Asked, options?: CallOptions): Promise<string> {
    return withDeadline(this.#clock, requestDeadlineMs, options?.signal, async (signal) =>
      readBounded(
        await this.#exchange.send({ ...call, what: `${verb} ${nameOf(type)}`, signal }),
        maxAnswerBytes,
      ),
    );
  }
}

const nameOf = ({ plural, group }: ResourceType<KubeObject>): string =>
  group === '' ? plural : `${plural}.${group}`;

const refIn = ({ metadata: { namespace, name } }: Written<KubeObject>): ObjectRef => ({
  namespace,
  name: name ?? '',
});

const bodyOf = (type: ResourceType<KubeObject>, object: Written<KubeObject>) => ({
  contentType: 'application/json',
  text: JSON.stringify({ ...object, apiVersion: apiVersionOf(type), kind: type.kind }),
});
