import type { Command } from '../real/command.ts';
import { findOnPath } from '../real/find-on-path.ts';
import { parts as allParts, type PartName } from '../real/part.ts';
import type { Parts } from '../real/parts.ts';
import { ControlPlaneUnavailable } from './control-plane-unavailable.ts';
import type { KubernetesBinaries } from './kubernetes-binaries.ts';

/** Folder and files of one control plane, and where its servers listen. All lies within `folder`. */
export interface Layout {
  readonly folder: string;
  /** IPv4 address of the API server. */
  readonly address: string;
  readonly ports: {
    readonly etcd: number;
    readonly etcdPeer: number;
    readonly apiServer: number;
    readonly controllers: number;
    readonly scheduler: number;
  };
  /** PEM, within `folder`. */
  readonly files: {
    readonly ca: string;
    readonly serverCertificate: string;
    readonly serverKey: string;
    readonly serviceAccountKey: string;
    readonly auditPolicy: string;
    readonly auditLog: string;
    readonly controllersKubeconfig: string;
    /** Where nodes join: what the scheduler logs in with, and the API server at kubelets. */
    readonly forNodes?: {
      readonly schedulerKubeconfig: string;
      readonly kubeletClientCertificate: string;
      readonly kubeletClientKey: string;
    };
  };
}

export function etcdUrl({ ports }: Layout): string {
  return `http://127.0.0.1:${ports.etcd}`;
}

/**
 * A part that only the control plane needs: in the Debian root, or on PATH where all parts come from there.
 * @throws ControlPlaneUnavailable
 */
export function partOfControlPlane(
  parts: Parts,
  name: PartName,
  args: readonly string[],
  cwd: string,
): Command {
  const part = allParts.find((one) => one.name === name);
  if (parts.from.kind === 'path' && part !== undefined && findOnPath(part).kind !== 'found') {
    throw new ControlPlaneUnavailable(
      `${name} ≥ ${part.atLeast.join('.')} is not on PATH. Install it (Debian: ${part.debianPackages.join(' ')}).`,
    );
  }
  return parts.command(name, args, cwd);
}

/** Without fsync, since nobody needs this data after a power cut. */
export function etcdCommand(parts: Parts, layout: Layout): Command {
  const { folder, ports } = layout;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const args = [
    '--name=tests',
    `--data-dir=${folder}/etcd`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${etcdUrl(layout)}`,
    `--advertise-client-urls=${etcdUrl(layout)}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=tests=${peer}`,
    '--quota-backend-bytes=8589934592',
  ];
  return partOfControlPlane(parts, 'etcd', args, folder);
}

/** The API server with the admission plugins that are on by default, and with RBAC. */
export function apiServerCommand(binaries: KubernetesBinaries, layout: Layout): Command {
  const { address, ports, files } = layout;
  return {
    file: binaries['kube-apiserver'],
    args: [
      `--etcd-servers=${etcdUrl(layout)}`,
      `--bind-address=${address}`,
      `--advertise-address=${address}`,
      `--secure-port=${ports.apiServer}`,
      ...(files.forNodes === undefined
        ? // The Service "kubernetes" would need an address that is not loopback.
          ['--endpoint-reconciler-type=none']
        : [
            `--kubelet-client-certificate=${files.forNodes.kubeletClientCertificate}`,
            `--kubelet-client-key=${files.forNodes.kubeletClientKey}`,
            `--kubelet-certificate-authority=${files.ca}`,
            '--kubelet-preferred-address-types=InternalIP',
          ]),
      `--tls-cert-file=${files.serverCertificate}`,
      `--tls-private-key-file=${files.serverKey}`,
      `--client-ca-file=${files.ca}`,
      '--authorization-mode=Node,RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${files.serviceAccountKey}`,
      `--service-account-signing-key-file=${files.serviceAccountKey}`,
      `--audit-policy-file=${files.auditPolicy}`,
      `--audit-log-path=${files.auditLog}`,
    ],
  };
}

/** The controllers that tests without nodes rely on. The garbage collector learns of new kinds every 30 s only: start it after the definitions. */
const controllers = [
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
  'clusterrole-aggregation-controller',
  'validatingadmissionpolicy-status-controller',
] as const;

export function controllersCommand(binaries: KubernetesBinaries, { ports, files }: Layout): Command {
  return {
    file: binaries['kube-controller-manager'],
    args: [
      `--kubeconfig=${files.controllersKubeconfig}`,
      `--controllers=${files.forNodes === undefined ? controllers.join(',') : '*'}`,
      '--leader-elect=false',
      // Each controller then has the role that Kubernetes made for it.
      '--use-service-account-credentials',
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.controllers}`,
      `--service-account-private-key-file=${files.serviceAccountKey}`,
      `--root-ca-file=${files.ca}`,
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
  };
}

export function schedulerCommand(scheduler: string, { ports }: Layout, kubeconfig: string): Command {
  return {
    file: scheduler,
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.scheduler}`,
    ],
  };
}
