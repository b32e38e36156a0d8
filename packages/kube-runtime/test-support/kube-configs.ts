import { KubeConfig } from '@kubernetes/client-node';

/** The kubeconfig at `path`, with another way to the same cluster. */
export const kubeConfigVia = (path: string, server: string, caFile?: string): KubeConfig => {
  const config = new KubeConfig();
  config.loadFromFile(path);
  config.clusters = config.clusters.map((cluster) => ({
    ...cluster,
    server,
    ...(caFile === undefined ? {} : { caFile }),
  }));
  return config;
};
