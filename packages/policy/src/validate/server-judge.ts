import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { apiVersion, type Kind } from '../generated/schemas.ts';
import { caseBases } from './case-bases.ts';
import { isPlainObject, own } from './plain-object.ts';

/** What the API server says of an object. */
export interface ServerVerdict {
  readonly status: number;
  readonly taken: boolean;
  readonly causes: readonly ServerCause[];
  /** The message as a whole, for people. */
  readonly message: string;
}

export interface ServerCause {
  readonly field?: string;
  readonly reason?: string;
  readonly message?: string;
}

const plurals: Readonly<Record<Kind, string>> = {
  Company: 'companies',
  Entitlement: 'entitlements',
  ForkPolicy: 'forkpolicies',
  MediaNode: 'medianodes',
  Profile: 'profiles',
  User: 'users',
};

/** Asks a real API server for its judgement, by dry runs, so that nothing is changed. */
export class ServerJudge {
  readonly #cluster: ControlPlane;
  /** The base of each kind as it is stored. */
  readonly #stored = new Map<Kind, object>();

  constructor(cluster: ControlPlane) {
    this.#cluster = cluster;
  }

  /** Stores the objects that cases start from; changes and statuses are judged against them. */
  async storeBases(): Promise<void> {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } };
    await this.#cluster.request({ method: 'POST', path: '/api/v1/namespaces', body: namespace });
    for (const [kind, base] of Object.entries(caseBases) as readonly (readonly [Kind, object])[]) {
      const { status, body } = await this.#cluster.request({
        method: 'POST',
        path: collection(kind),
        body: base,
      });
      if (status !== 201 || !isPlainObject(body))
        throw new Error(`The ${kind} that cases start from was not taken.`);
      this.#stored.set(kind, { ...body });
    }
  }

  /** As a new object. Its status is not looked at: the API server ignores it there. */
  create(kind: Kind, object: object): Promise<ServerVerdict> {
    const name = `${String(nameOf(object))}`;
    const renamed =
      name === nameOf(caseBases[kind])
        ? { ...object, metadata: { ...metadataOf(object), name: 'other' } }
        : object;
    return this.#ask('POST', collection(kind), renamed);
  }

  /** As a change of the stored base. */
  update(kind: Kind, object: object): Promise<ServerVerdict> {
    return this.#ask('PUT', this.#path(kind), this.#asStored(kind, object));
  }

  /** As a change of the status of the stored base. */
  updateStatus(kind: Kind, object: object): Promise<ServerVerdict> {
    return this.#ask('PUT', `${this.#path(kind)}/status`, this.#asStored(kind, object));
  }

  #path(kind: Kind): string {
    return `${collection(kind)}/${String(nameOf(caseBases[kind]))}`;
  }

  #asStored(kind: Kind, object: object): object {
    return { ...object, metadata: metadataOf(this.#stored.get(kind) ?? {}) };
  }

  async #ask(method: 'POST' | 'PUT', path: string, body: object): Promise<ServerVerdict> {
    const answer = await this.#cluster.request({
      method,
      path: `${path}?dryRun=All&fieldValidation=Strict`,
      body,
    });
    const { message = '', details } = answer.body as {
      readonly message?: string;
      readonly details?: { readonly causes?: readonly ServerCause[] };
    };
    return { status: answer.status, taken: answer.status < 300, causes: details?.causes ?? [], message };
  }
}

function collection(kind: Kind): string {
  return `/apis/${apiVersion}/namespaces/acme/${plurals[kind]}`;
}

function metadataOf(object: object): object {
  const metadata = isPlainObject(object) ? own(object, 'metadata') : undefined;
  return isPlainObject(metadata) ? metadata : {};
}

function nameOf(object: object): unknown {
  const metadata = metadataOf(object);
  return 'name' in metadata ? metadata.name : undefined;
}
