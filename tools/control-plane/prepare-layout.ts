import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../real/ports.ts';
import { auditPolicy } from './audit.ts';
import { type CertificateAuthority, createCertificateAuthority } from './certificates.ts';
import { kubeconfig } from './kubeconfig.ts';
import { makeOwnFolder } from './own-folder.ts';
import type { Layout } from './programs.ts';

export interface Prepared {
  readonly layout: Layout;
  readonly server: string;
  readonly authority: CertificateAuthority;
}

/** Makes the folder of a control plane, with keys, certificates, policies and ports of its own, so that many stand side by side. */
export async function prepareLayout(): Promise<Prepared> {
  const folder = makeOwnFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const authority = await createCertificateAuthority();
  const [serving, controllers] = await Promise.all([
    authority.server(),
    authority.client('system:kube-controller-manager', []),
  ]);
  const ports = {
    etcd: await freePort(),
    etcdPeer: await freePort(),
    apiServer: await freePort(),
    controllers: await freePort(),
  };
  const server = `https://127.0.0.1:${ports.apiServer}`;
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
  };
  return { layout: { folder, ports, files }, server, authority };
}
