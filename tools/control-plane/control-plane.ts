import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureParts } from '../real/parts.ts';
import { type Outcome, runToEnd } from '../real/run-to-end.ts';
import { AdminClient, type AdminRequest, type AdminResponse } from './admin-client.ts';
import { applyManifests } from './apply.ts';
import { type AuditEvent, readAuditLog } from './audit.ts';
import type { CertificateAuthority } from './certificates.ts';
import { Identities, type Identity } from './identities.ts';
import { ensureKubernetes } from './kubernetes-binaries.ts';
import { prepareLayout } from './prepare-layout.ts';
import { etcdUrl, partOfControlPlane } from './programs.ts';
import { startApiServer, startControllers, startEtcd, startScheduler } from './servers.ts';
import { readManifests } from './yaml-files.ts';

const definitions = join(import.meta.dirname, '..', '..', 'crds');

/** An API server with etcd and controllers on this machine, with the definitions of crds/ served. It ends with this process. */
export interface ControlPlane {
  /** `https://127.0.0.1:PORT`, or at the address that nodes reach; the same one after a restart. */
  readonly server: string;
  /** PEM file of the authority that signed the server's certificate. */
  readonly caFile: string;
  /** Signs what joins it. */
  readonly authority: CertificateAuthority;
  /** `http://127.0.0.1:PORT` of etcd. */
  readonly etcd: string;
  /** Path of a kubeconfig for a member of system:masters. */
  readonly adminKubeconfig: string;
  /** Another one after `startApiServer`. */
  readonly apiServerPid: number;
  /** Writes a kubeconfig that needs no other file. A ServiceAccount has to exist. Returns its path. */
  kubeconfigFor(identity: Identity): Promise<string>;
  /** Requests by someone else. A ServiceAccount has to exist. Close it after use. */
  clientFor(identity: Identity): Promise<AdminClient>;
  /** A request by a member of system:masters. */
  request(request: AdminRequest): Promise<AdminResponse>;
  /**
   * Applies YAML files, and the `.yaml` files in folders, by server-side apply: definitions first, then the namespaces they name.
   * Returns what the API server warned of.
   * @throws ApplyFailed
   */
  applyFiles(paths: readonly string[]): Promise<readonly string[]>;
  /** Runs kubectl, as the administrator unless another kubeconfig is given. Files it is to read lie in the project or in the folder for temporary files. */
  kubectl(args: readonly string[], kubeconfig?: string): Promise<Outcome>;
  /** SIGKILL. The data stays. */
  killApiServer(): Promise<void>;
  /** Starts the API server again, on the same port and data, and waits until it is ready. */
  startApiServer(): Promise<void>;
  /** What was asked of the API server so far, reads of other kinds than ours left out. */
  auditEvents(): readonly AuditEvent[];
  /** Ends everything and removes its folder. */
  stop(): Promise<void>;
}

/** A control plane that nodes join (tools/cluster). */
export interface ForNodes {
  /** IPv4 address of this machine that nodes reach. */
  readonly address: string;
  /** Path of kube-scheduler. */
  readonly scheduler: string;
}

/**
 * Starts a control plane on ports and in a folder of its own; it is ready after about three seconds.
 * @param onProgress is told what goes on when parts have to be installed or built first
 * @param nodes left out, there are none: pods are kept but never run
 * @throws PartsUnavailable, ControlPlaneUnavailable, ProcessFailed
 */
export async function startControlPlane(
  onProgress: (line: string) => void = () => undefined,
  nodes?: ForNodes,
): Promise<ControlPlane> {
  const parts = await ensureParts(onProgress);
  const binaries = await ensureKubernetes(onProgress);
  const { layout, server, authority } = await prepareLayout({
    address: nodes?.address ?? '127.0.0.1',
    withNodes: nodes !== undefined,
  });
  const { folder, files } = layout;
  const admin = await authority.client('admin', ['system:masters']);
  const client = new AdminClient(server, authority.certificate, admin);
  const identities = new Identities(folder, server, authority);
  const adminKubeconfig = identities.writeLogin(admin);

  const etcd = await startEtcd(parts, layout);
  let apiServer = await startApiServer(binaries, layout, client);
  // On a cluster with nodes a chart brings them.
  if (nodes === undefined) await applyManifests(client, readManifests([definitions]));
  const others = [etcd, await startControllers(binaries, layout)];
  if (nodes !== undefined && files.forNodes !== undefined)
    others.push(await startScheduler(nodes.scheduler, layout, files.forNodes.schedulerKubeconfig));

  return {
    server,
    authority,
    caFile: files.ca,
    etcd: etcdUrl(layout),
    adminKubeconfig,
    get apiServerPid() {
      return apiServer.pid;
    },
    kubeconfigFor: (identity) => identities.write(identity, client),
    clientFor: (identity) => identities.client(identity, client),
    request: (request) => client.request(request),
    applyFiles: (paths) => applyManifests(client, readManifests(paths)),
    kubectl(args, kubeconfig = adminKubeconfig) {
      const options = [`--kubeconfig=${kubeconfig}`, `--cache-dir=${folder}/kubectl`];
      return runToEnd(partOfControlPlane(parts, 'kubectl', [...options, ...args], folder), {
        keepLines: 100_000,
      });
    },
    async killApiServer() {
      await apiServer.kill();
    },
    async startApiServer() {
      apiServer = await startApiServer(binaries, layout, client);
    },
    auditEvents: () => readAuditLog(files.auditLog),
    async stop() {
      client.close();
      await Promise.all([apiServer, ...others].map((running) => running.kill()));
      rmSync(folder, { recursive: true });
    },
  };
}
