import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../real/ports.ts';
import { auditPolicy } from './audit.ts';
import { type CertificateAuthority, createCertificateAuthority } from './certificates.ts';
import { kubeconfig } from './kubeconfig.ts';
import { makeOwnFolder } from './own-folder.ts';
import type { Layout } from './programs.ts';

/** The Service "kubernetes" has the first address of the range of Services (programs.ts). */
const firstServiceAddress = '10.96.0.1';

export interface PrepareOptions {
  /** IPv4 address that the API server is to listen at. */
  readonly address: string;
  /** Whether nodes are to join: the control plane then has a scheduler and reaches kubelets. */
  readonly withNodes: boolean;
}

export interface Prepared {
  readonly layout: Layout;
  readonly server: string;
  readonly authority: CertificateAuthority;
}

/** Makes the folder of a control plane, with keys, certificates, policies and ports of its own, so that many stand side by side. */
export async function prepareLayout({ address, withNodes }: PrepareOptions): Promise<Prepared> {
  const folder = makeOwnFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const authority = await createCertificateAuthority();
  const [serving, controllers] = await Promise.all([
    authority.server('kube-apiserver', {
      ips: ['127.0.0.1', address, firstServiceAddress],
      names: ['localhost', 'kubernetes.default.svc'],
    }),
    authority.client('system:kube-controller-manager', []),
  ]);
  const ports = {
    etcd: await freePort(),
    etcdPeer: await freePort(),
    apiServer: await freePort(),
    controllers: await freePort(),
    scheduler: await freePort(),
  };
  const server = `https://${address}:${ports.apiServer}`;
  const tokens = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  mkdirSync(join(folder, 'etcd'), { mode: 0o700 });
  const files = {
    ca: write('ca.crt', authority.certificate),
    serverCertificate: write('server.crt', serving.certificate),
    serverKey: write('server.key', serving.key),
    serviceAccountKey: write(
      'service-accounts.key',
      tokens.export({ type: 'sec1', format: 'pem' }).toString(),
    ),
    auditPolicy: write('audit-policy.json', JSON.stringify(auditPolicy)),
    auditLog: write('audit.log', ''),
    controllersKubeconfig: write(
      'kube-controller-manager.kubeconfig',
      kubeconfig(server, authority.certificate, controllers),
    ),
    ...(withNodes && { forNodes: await filesForNodes(write, server, authority) }),
  };
  return { layout: { folder, address, ports, files }, server, authority };
}

async function filesForNodes(
  write: (name: string, text: string) => string,
  server: string,
  authority: CertificateAuthority,
): Promise<NonNullable<Layout['files']['forNodes']>> {
  const scheduler = await authority.client('system:kube-scheduler', []);
  const atKubelets = await authority.client('kube-apiserver-kubelet-client', ['system:masters']);
  return {
    schedulerKubeconfig: write(
      'kube-scheduler.kubeconfig',
      kubeconfig(server, authority.certificate, scheduler),
    ),
    kubeletClientCertificate: write('kubelet-client.crt', atKubelets.certificate),
    kubeletClientKey: write('kubelet-client.key', atKubelets.key),
  };
}
