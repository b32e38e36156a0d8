import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdminClient } from './admin-client.ts';
import { messageOf } from './apply.ts';
import type { CertificateAuthority } from './certificates.ts';
import { kubeconfig, type Login } from './kubeconfig.ts';

/** Who a kubeconfig logs in as: an existing ServiceAccount, or a person with groups. */
export type Identity =
  | { readonly serviceAccount: { readonly namespace: string; readonly name: string } }
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
    const login: Login =
      'serviceAccount' in identity
        ? { token: await tokenFor(identity.serviceAccount, client) }
        : await this.#authority.client(identity.user, identity.groups ?? []);
    return this.writeLogin(login);
  }

  writeLogin(login: Login): string {
    const file = join(this.#folder, `${this.#count++}.kubeconfig`);
    writeFileSync(file, kubeconfig(this.#server, this.#authority.certificate, login), { mode: 0o600 });
    return file;
  }
}

async function tokenFor(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  client: AdminClient,
): Promise<string> {
  const { status, body } = await client.request({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  });
  if (status >= 300) {
    throw new Error(
      `There is no token for the ServiceAccount ${namespace}/${name} (${status}): ${messageOf(body)} Apply the ServiceAccount first.`,
    );
  }
  return (body as { readonly status: { readonly token: string } }).status.token;
}
