import { ApiError } from '../api/api-error.ts';
import type { CallOptions, KubeApi } from '../api/kube-api.ts';
import { type KubeObject, keyOf } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import { compareResourceVersions } from '../compare-resource-versions.ts';
import { type Condition, conditionsAfter, type WantedCondition } from './condition.ts';
import { isObject, isSameJson } from './is-same-json.ts';

/** A kind with a status. */
export interface StatusObject extends KubeObject {
  readonly status?: object;
}

export interface StatusWriterOptions<T extends StatusObject> {
  readonly api: KubeApi;
  readonly type: ResourceType<T>;
  /** Owns what this writer writes. Two writers of one name on one kind take each other's fields away. */
  readonly fieldManager: string;
  /**
   * The fields at the top of `status` that are this writer's: one it no longer writes is removed. `observedGeneration` and `conditions`
   * always are.
   */
  readonly fields: readonly string[];
  readonly now?: () => Date;
}

/** What is to be in the `status` of a T; `observedGeneration` and the times of conditions are filled in. */
export type WantedStatus<T extends StatusObject> = Partial<
  Omit<NonNullable<T['status']>, 'conditions' | 'observedGeneration'>
> & { readonly conditions?: readonly WantedCondition[] };

/** `gone`: the object that was meant is no more, even if another of its name is there. */
export type StatusOutcome = 'written' | 'unchanged' | 'gone';

type Fields = Readonly<Record<string, unknown>>;

/** As many objects may wait for the store to see what was written to them; beyond, the oldest may be written twice. */
const maxAhead = 10_000;
/** More conflicts in a row mean that something fights over the object. */
const maxConflicts = 10;

/**
 * Writes `status` by server-side apply, and only when it is not yet what it should be. Fields of others in the same status are not
 * touched.
 */
export class StatusWriter<T extends StatusObject> {
  readonly #options: StatusWriterOptions<T>;
  readonly #fields: readonly string[];
  /** Objects as this writer left them, until the store has caught up. */
  readonly #ahead = new Map<string, StatusObject>();

  constructor(options: StatusWriterOptions<T>) {
    this.#options = options;
    this.#fields = [...new Set([...options.fields, 'observedGeneration', 'conditions'])];
  }

  /**
   * `object` is as the store has it. Rejects with ApiError or ApiUnreachable when the status could not be written, and with a TypeError
   * when it has a field that is not among this writer's.
   */
  async write(object: T, status: WantedStatus<T>, options?: CallOptions): Promise<StatusOutcome> {
    const stray = Object.keys(status).find((field) => !this.#fields.includes(field));
    if (stray !== undefined)
      throw new TypeError(
        `The status field ${stray} is not declared to be one of ${this.#options.fieldManager}; add it to fields.`,
      );
    let current: StatusObject | undefined = this.#latest(object);
    for (let conflicts = 0; current; conflicts++) {
      const before = fieldsOf(current);
      const wanted = this.#complete(object, status, before);
      if (this.#fields.every((field) => isSame(field, before[field], wanted[field]))) return 'unchanged';
      try {
        await this.#apply(current, wanted, options);
        return 'written';
      } catch (error) {
        if (!isRefusal(error, 404, 409) || conflicts === maxConflicts) throw error;
        current = isRefusal(error, 404) ? undefined : await this.#read(object, options);
      }
    }
    return 'gone';
  }

  #complete(object: T, status: WantedStatus<T>, before: Fields): Fields {
    const { generation } = object.metadata;
    const now = this.#options.now?.() ?? new Date();
    const conditions =
      status.conditions && conditionsAfter(conditionsIn(before), status.conditions, generation, now);
    return {
      ...status,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      ...(conditions ? { conditions } : {}),
    };
  }

  /** Only over the version that was looked at: the name alone may by now be that of another object. */
  async #apply({ metadata }: StatusObject, status: Fields, options: CallOptions | undefined): Promise<void> {
    const { api, fieldManager } = this.#options;
    const type: ResourceType<StatusObject> = this.#options.type;
    const { name, namespace, resourceVersion } = metadata;
    const target = { name, resourceVersion, ...(namespace === undefined ? {} : { namespace }) };
    const query = { fieldManager, force: true, subresource: 'status' };
    const written = await api.apply(type, { metadata: target, status }, query, options);
    this.#remember(written);
  }

  /** The same object as it is now. */
  async #read({ metadata }: T, options: CallOptions | undefined): Promise<T | undefined> {
    try {
      const current = await this.#options.api.get(this.#options.type, metadata, options);
      return current.metadata.uid === metadata.uid ? current : undefined;
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  }

  /** The store may not have seen yet what was written here last; to go by it would be to write the same again. */
  #latest(object: T): StatusObject {
    const key = keyOf(object.metadata);
    const ahead = this.#ahead.get(key);
    if (!ahead) return object;
    const { uid, resourceVersion } = ahead.metadata;
    const age = compareResourceVersions(object.metadata.resourceVersion, resourceVersion);
    if (object.metadata.uid === uid && age !== undefined && age < 0) return ahead;
    this.#ahead.delete(key);
    return object;
  }

  #remember(written: StatusObject): void {
    this.#ahead.set(keyOf(written.metadata), written);
    if (this.#ahead.size <= maxAhead) return;
    for (const oldest of this.#ahead.keys()) {
      this.#ahead.delete(oldest);
      break;
    }
  }
}

const isRefusal = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof ApiError && statuses.includes(error.status);

const fieldsOf = ({ status }: StatusObject): Fields => (isObject(status) ? status : {});

const conditionsIn = (status: Fields): readonly Partial<Condition>[] => {
  const { conditions } = status;
  return Array.isArray(conditions) ? conditions.filter(isObject) : [];
};

/** Conditions are a map by type that is written as a list: their order says nothing. */
const isSame = (field: string, a: unknown, b: unknown): boolean =>
  field === 'conditions' ? isSameJson(byType(a), byType(b)) : isSameJson(a, b);

const byType = (conditions: unknown): unknown =>
  Array.isArray(conditions)
    ? conditions.toSorted((a, b) => String(a?.type).localeCompare(String(b?.type)))
    : conditions;
