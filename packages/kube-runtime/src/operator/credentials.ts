import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';

/** As much of an axios request as credentials go into. */
export interface AxiosRequest {
  headers?: Record<string, string | number | boolean>;
  httpsAgent?: unknown;
  auth?: { username: string; password: string };
}

/** As much of a gaxios request as credentials go into. */
export interface GaxiosRequest {
  headers?: Record<string, unknown>;
  agent?: unknown;
}

export async function authorizeAxios(kubeConfig: KubeConfig, request: AxiosRequest): Promise<void> {
  const { authorization, basic, agent } = await credentialsOf(kubeConfig);
  if (authorization) request.headers = { ...request.headers, Authorization: authorization };
  const [username = '', ...password] = basic?.split(':') ?? [];
  if (basic) request.auth = { username, password: password.join(':') };
  if (agent) request.httpsAgent = agent;
}

export async function authorizeGaxios(kubeConfig: KubeConfig, request: GaxiosRequest): Promise<void> {
  const { authorization, basic, agent } = await credentialsOf(kubeConfig);
  const header = authorization ?? (basic && `Basic ${Buffer.from(basic).toString('base64')}`);
  if (header) request.headers = { ...request.headers, Authorization: header };
  if (agent) request.agent = agent;
}

async function credentialsOf(kubeConfig: KubeConfig) {
  const options: RequestOptions = {};
  await kubeConfig.applyToHTTPSOptions(options);
  const { headers, auth, agent } = options;
  const given = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization');
  return { authorization: given && String(given[1]), basic: auth ?? undefined, agent };
}
