import { KubeConfig } from '@kubernetes/client-node';

/**
 * The cluster of a kubeconfig file; without one that of the pod's own ServiceAccount and, outside of pods, that of kubectl.
 * Throws where there is none that could be used.
 */
export const loadKubeConfig = (file: string | undefined): KubeConfig => {
  const config = new KubeConfig();
  if (file !== undefined) config.loadFromFile(file);
  else if (process.env['KUBERNETES_SERVICE_HOST'] !== undefined) config.loadFromCluster();
  else config.loadFromDefault();
  return config;
};
