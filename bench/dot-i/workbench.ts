import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import type { OperatorProcess } from './operator-process.ts';

interface Widget {
  readonly metadata: { readonly finalizers?: readonly string[] };
  readonly status?: { readonly made?: number };
}

const widgets = '/apis/example.com/v1/namespaces/default/widgets';
const configMaps = '/api/v1/namespaces/default/configmaps';

/** The cluster behind the proxy, spoken to directly, and the operator under test. */
export class Workbench {
  readonly operator: OperatorProcess;
  readonly #cluster: ControlPlane;

  constructor(cluster: ControlPlane, operator: OperatorProcess) {
    this.#cluster = cluster;
    this.operator = operator;
  }

  async create(name: string, size: number): Promise<void> {
    const body = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name }, spec: { size } };
    await this.#cluster.request({ method: 'POST', path: widgets, body });
  }

  async widget(name: string): Promise<Widget | undefined> {
    const { status, body } = await this.#cluster.request({ method: 'GET', path: `${widgets}/${name}` });
    return status === 200 ? (body as unknown as Widget) : undefined;
  }

  async createConfigMap(): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'doomed' } };
    await this.#cluster.request({ method: 'POST', path: configMaps, body });
  }

  async deleteConfigMap(): Promise<void> {
    await this.#cluster.request({ method: 'DELETE', path: `${configMaps}/doomed` });
  }

  async addForeignFinalizer(name: string): Promise<void> {
    await this.#cluster.kubectl([
      'patch',
      'widget',
      name,
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":["example.com/other"]}}',
    ]);
  }

  /** Removes all widgets and the ConfigMap, whatever their finalizers. */
  async clear(): Promise<void> {
    for (const name of ['first', 'next']) {
      await this.#cluster.kubectl([
        'patch',
        'widget',
        name,
        '--type=merge',
        '-p',
        '{"metadata":{"finalizers":null}}',
      ]);
      await this.#cluster.kubectl(['delete', 'widget', name, '--ignore-not-found']);
    }
    await this.#cluster.kubectl(['delete', 'configmap', 'doomed', '--ignore-not-found']);
  }
}
