import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import {
  createCompilerOfAll,
  type ForkPolicy,
  parseResources,
  type Resource,
  type SourceFile,
} from '@medlyssning/policy';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { createKubeApi } from 'kube-runtime';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { readConfig } from './config/config.ts';
import { type Operator, startOperator } from './operator.ts';

const root = join(import.meta.dirname, '..');

export const examples = ['acme', 'beta'].map((name) => join(root, 'examples', name));
export const operatorAccount = { namespace: 'medlyssning-system', name: 'medlyssning-operator' } as const;
export const operatorUser = 'system:serviceaccount:medlyssning-system:medlyssning-operator';

/** A control plane with what the chart installs. */
export const startCluster = async (): Promise<ControlPlane> => {
  const cluster = await startControlPlane();
  await cluster.applyFiles(chartFiles);
  return cluster;
};

/** An operator in this process, under the ServiceAccount and roles of the chart. */
export const startOperatorHere = async (
  cluster: ControlPlane,
  identity = 'operator-1',
): Promise<Operator> => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(await cluster.kubeconfigFor({ serviceAccount: operatorAccount }));
  const config = readConfig(['--identity', identity, '--metrics', '127.0.0.1:0'], {});
  return startOperator(
    config,
    createKubeApi(kubeConfig),
    pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
  );
};

const paths = {
  Company: 'companies',
  Profile: 'profiles',
  User: 'users',
  Entitlement: 'entitlements',
  ForkPolicy: 'forkpolicies',
  MediaNode: 'medianodes',
} as const;
type Kind = keyof typeof paths;

/** What people and other programs do, as the administrator of the cluster. */
export const hands = (cluster: ControlPlane) => {
  const pathOf = (kind: Kind, namespace?: string, name?: string) =>
    `/apis/medlyssning.dev/v1alpha1${namespace ? `/namespaces/${namespace}` : ''}/${paths[kind]}${name ? `/${name}` : ''}`;
  const ok = async (request: Parameters<ControlPlane['request']>[0]) => {
    const { status, body } = await cluster.request(request);
    if (status >= 300)
      throw new Error(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    async list<K extends Kind>(kind: K): Promise<readonly Extract<Resource, { kind: K }>[]> {
      const body = await ok({ method: 'GET', path: pathOf(kind) });
      return (body as { readonly items: readonly Extract<Resource, { kind: K }>[] }).items;
    },
    async get<K extends Kind>(
      kind: K,
      namespace: string,
      name: string,
    ): Promise<Extract<Resource, { kind: K }>> {
      const body = await ok({ method: 'GET', path: pathOf(kind, namespace, name) });
      return body as Extract<Resource, { kind: K }>;
    },
    create: (object: Resource) =>
      ok({ method: 'POST', path: pathOf(object.kind, object.metadata.namespace), body: object }),
    patch: (kind: Kind, namespace: string, name: string, body: unknown, subresource = '') =>
      ok({
        method: 'PATCH',
        path: `${pathOf(kind, namespace, name)}${subresource}`,
        contentType: 'application/merge-patch+json',
        body,
      }),
    remove: (kind: Kind, namespace: string, name: string) =>
      ok({ method: 'DELETE', path: pathOf(kind, namespace, name) }),
  };
};

export type Hands = ReturnType<typeof hands>;

/** What a fresh compile of all objects in the cluster gives, by `namespace/name`. */
export const freshPolicies = async (at: Hands): Promise<Readonly<Record<string, ForkPolicy['spec']>>> => {
  const objects = [
    ...(await at.list('Company')),
    ...(await at.list('Profile')),
    ...(await at.list('User')),
    ...(await at.list('Entitlement')),
  ];
  return specsOf(createCompilerOfAll()(objects, new Date()).policies);
};

/** The policies there are, by `namespace/name`. */
export const policiesThere = async (at: Hands): Promise<Readonly<Record<string, ForkPolicy['spec']>>> =>
  specsOf(await at.list('ForkPolicy'));

export const specsOf = (policies: readonly ForkPolicy[]): Readonly<Record<string, ForkPolicy['spec']>> =>
  Object.fromEntries(
    policies
      .map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Resolves when the cluster holds exactly what a fresh compile gives. */
export const converged = (at: Hands, timeout = 10_000): Promise<void> =>
  vi.waitFor(async () => expect(await policiesThere(at)).toEqual(await freshPolicies(at)), { timeout });

/** Parses YAML files as the directory source does. */
export const fromFiles = (files: readonly string[]): readonly Resource[] => {
  const sources: readonly SourceFile[] = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  return parseResources(sources).resources.map(({ resource }) => resource);
};
