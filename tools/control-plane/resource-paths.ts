import type { AdminClient } from './admin-client.ts';
import type { Manifest } from './yaml-files.ts';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Finds the URL path of objects by asking the API server which kinds it serves. */
export class ResourcePaths {
  readonly #client: Pick<AdminClient, 'request'>;
  readonly #known = new Map<string, readonly Resource[]>();

  constructor(client: Pick<AdminClient, 'request'>) {
    this.#client = client;
  }

  /** The path of an object, or undefined while its kind is not served. */
  async pathOf({ apiVersion, kind, metadata }: Manifest): Promise<string | undefined> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = await this.#find(root, kind);
    if (resource === undefined) return undefined;
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${scope}/${resource.name}/${metadata.name}`;
  }

  async #find(root: string, kind: string): Promise<Resource | undefined> {
    const known = this.#known.get(root)?.find((resource) => resource.kind === kind);
    if (known !== undefined) return known;
    const { status, body } = await this.#client.request({ method: 'GET', path: root });
    // Subresources have a slash in their name.
    const served = status === 200 ? resourcesIn(body).filter(({ name }) => !name.includes('/')) : [];
    this.#known.set(root, served);
    return served.find((resource) => resource.kind === kind);
  }
}

function resourcesIn(body: unknown): readonly Resource[] {
  const { resources } = body as { readonly resources?: readonly Resource[] };
  return resources ?? [];
}
