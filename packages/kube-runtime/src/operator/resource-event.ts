import type { KubernetesObject } from '@kubernetes/client-node';

export const ResourceEventType = { Added: 'ADDED', Modified: 'MODIFIED', Deleted: 'DELETED' } as const;
export type ResourceEventType = (typeof ResourceEventType)[keyof typeof ResourceEventType];

/** What became of an object. */
export interface ResourceEvent {
  meta: ResourceMeta;
  type: ResourceEventType;
  /** The object as it is, or as it was last seen; a copy that may be changed. */
  object: KubernetesObject;
}

/** Which object, in which state. */
export interface ResourceMeta {
  name: string;
  namespace?: string;
  /** `PLURAL.GROUP/VERSION`. */
  id: string;
  resourceVersion: string;
  apiVersion: string;
  kind: string;
}

export class ResourceMetaImpl implements ResourceMeta {
  id: string;
  name: string;
  declare namespace?: string;
  resourceVersion: string;
  apiVersion: string;
  kind: string;

  /** Throws when the object lacks what every object from an API server has. */
  static createWithId(id: string, object: KubernetesObject): ResourceMeta {
    return new ResourceMetaImpl(id, object);
  }

  /** As `createWithId`; the id is made of the plural name and the object's apiVersion. */
  static createWithPlural(plural: string, object: KubernetesObject): ResourceMeta {
    return new ResourceMetaImpl(`${plural}.${object.apiVersion}`, object);
  }

  private constructor(id: string, { apiVersion, kind, metadata }: KubernetesObject) {
    const { name, namespace, resourceVersion } = metadata ?? {};
    if (!name || !resourceVersion || !apiVersion || !kind)
      throw new Error(`An object of ${id} came without name, resourceVersion, apiVersion or kind.`);
    this.id = id;
    this.name = name;
    if (namespace !== undefined) this.namespace = namespace;
    this.resourceVersion = resourceVersion;
    this.apiVersion = apiVersion;
    this.kind = kind;
  }
}
