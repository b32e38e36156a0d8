import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminClient } from './admin-client.ts';
import { messageOf } from './apply.ts';
import type { CertificateAuthority } from './certificates.ts';
import { kubeconfig, type Login } from './kubeconfig.ts';

/** Who a kubeconfig logs in as: an existing ServiceAccount, or a person with groups. */
export type Identity =
  | {
      readonly serviceAccount: {
        readonly namespace: string;
        readonly name: string;
        /** An existing pod that runs under it. The token then names the pod and its Kubernetes node, as the kubelet's do. */
        readonly pod?: string;
      };
    }
  | { readonly user: string; readonly groups?: readonly string[] };

/** Writes kubeconfigs of one control plane. */
export class Identities {
  readonly #folder: string;
  readonly #server: string;
  readonly #authority: CertificateAuthority;
  #count = 0;

  constructor(folder: string, server: string, authority: CertificateAuthority) {
    this.#folder = folder;
    this.#server = server;
    this.#authority = authority;
  }

  /**
   * Writes a kubeconfig for this identity. People log in by certificate, ServiceAccounts by a token of an hour, as a pod's.
   * @returns its path
   */
  async write(identity: Identity, client: AdminClient): Promise<string> {
    return this.writeLogin(await this.#login(identity, client));
  }

  /** A client of its own for this identity; `client` is the administrator's. */
  async client(identity: Identity, client: AdminClient): Promise<AdminClient> {
    return new AdminClient(this.#server, this.#authority.certificate, await this.#login(identity, client));
  }

  writeLogin(login: Login): string {
    const file = join(this.#folder, `${this.#count++}.kubeconfig`);
    writeFileSync(file, kubeconfig(this.#server, this.#authority.certificate, login), { mode: 0o600 });
    return file;
  }

  async #login(identity: Identity, client: AdminClient): Promise<Login> {
    return 'serviceAccount' in identity
      ? { token: await tokenFor(identity.serviceAccount, client) }
      : this.#authority.client(identity.user, identity.groups ?? []);
  }
}

async function tokenFor(
  { namespace, name, pod }: { readonly namespace: string; readonly name: string; readonly pod?: string },
  client: AdminClient,
): Promise<string> {
  const { status, body } = await client.request({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        expirationSeconds: 3600,
        ...(pod !== undefined && { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: pod } }),
      },
    },
  });
  if (status >= 300) {
    throw new Error(
      `There is no token for the ServiceAccount ${namespace}/${name} (${status}): ${messageOf(body)} Apply the ServiceAccount first.`,
    );
  }
  return (body as { readonly status: { readonly token: string } }).status.token;
}
