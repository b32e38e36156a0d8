import { KubeConfig } from '@kubernetes/client-node';
import { createKubeApi, type KubeApi } from 'kube-runtime';
import { Unanswered, UsageError, whyText } from '../errors.ts';

export interface ClusterOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
}

export interface OpenCluster {
  readonly api: KubeApi;
  /** The one asked for, else that of the context, else `default`: as kubectl. */
  readonly namespace: string;
}

/**
 * The cluster that kubectl would talk to.
 * @throws Unanswered where the kubeconfig cannot be used, UsageError where it has no such context
 */
export const openCluster = ({ kubeconfig, context, namespace }: ClusterOptions): OpenCluster => {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new Unanswered(
      `The kubeconfig ${kubeconfig ?? '(default)'} cannot be used: ${whyText(cause)}. Mend it, or name a folder of YAML with --filename.`,
      { cause },
    );
  }
  const contexts = config.getContexts();
  if (context !== undefined && !contexts.some(({ name }) => name === context)) {
    throw new UsageError(
      `The kubeconfig has no context ${context}. It has: ${contexts.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  }
  if (context !== undefined) config.setCurrentContext(context);
  const current = config.getContextObject(config.getCurrentContext());
  return {
    api: createKubeApi(config, { userAgent: 'kubectl-medlyssning' }),
    namespace: namespace ?? current?.namespace ?? 'default',
  };
};
