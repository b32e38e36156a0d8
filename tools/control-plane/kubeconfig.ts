import type { Credential } from './certificates.ts';

/** How a client says who it is. */
export type Login = { readonly token: string } | Credential;

/** The text of a kubeconfig that needs no other file, so that it works inside any root. JSON is YAML. */
export function kubeconfig(server: string, caCertificate: string, login: Login): string {
  const name = 'tests';
  const user =
    'token' in login
      ? { token: login.token }
      : { 'client-certificate-data': base64(login.certificate), 'client-key-data': base64(login.key) };
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(caCertificate) } }],
      users: [{ name, user }],
    },
    undefined,
    2,
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
