import type { KubeConfig } from '@kubernetes/client-node';
import type { KubeApi, ReviewApi } from '../api/kube-api.ts';
import { systemClock } from '../clock.ts';
import { AccessReader } from './access.ts';
import { Connections } from './connections.ts';
import { Exchange } from './exchange.ts';
import { HttpKubeApi } from './http-kube-api.ts';

/**
 * Speaks with the cluster of the kubeconfig's current context, over one HTTP/2 connection. Token and certificate files and plugins
 * are followed as they change; authenticators of one's own (`addAuthenticator`) are forgotten at the first 401. Close it when done.
 */
export const createKubeApi = (
  kubeConfig: KubeConfig,
  /** Names the program in the API server's audit log. */
  { userAgent = 'kube-runtime' }: { readonly userAgent?: string } = {},
): KubeApi & ReviewApi => {
  const connections = new Connections();
  const exchange = new Exchange(new AccessReader(kubeConfig), connections, userAgent);
  return new HttpKubeApi(exchange, () => connections.close(), systemClock);
};
