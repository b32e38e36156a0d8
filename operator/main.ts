import { parseArgs } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { startTracing, traceIds } from '@medlyssning/telemetry';
import { createKubeApi } from 'kube-runtime';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config/config.ts';
import { startOperator } from './operator.ts';
import packageJson from './package.json' with { type: 'json' };

const help = `medlyssning operator: compiles Company, Profile, User and Entitlement objects into ForkPolicies

Usage: node operator/main.ts [--namespace NAME] [--kubeconfig FILE] [--metrics HOST:PORT] [--log-level LEVEL] [--identity NAME]

  --namespace NAME      where its Lease and the MediaNodes are (default medlyssning-system)
  --kubeconfig FILE     cluster and credentials (default: KUBECONFIG, else the pod's ServiceAccount, else ~/.kube/config)
  --metrics HOST:PORT   where /healthz, /readyz and /metrics are answered (default 127.0.0.1:9465)
  --log-level LEVEL     debug, info, warn, error or silent (default info)
  --identity NAME       names this process in the Lease and in events (default: the host's name)
  --help                this text

Each is an environment variable, too: MEDLYSSNING_NAMESPACE, MEDLYSSNING_LOG_LEVEL and so on.
Traces go where OTEL_EXPORTER_OTLP_ENDPOINT says, if anywhere (docs/tracing.md).

Examples:
  node operator/main.ts                                            in a pod
  node operator/main.ts --kubeconfig ~/.kube/config                beside a cluster
  MEDLYSSNING_METRICS=0.0.0.0:9465 node operator/main.ts           with probes from outside

Exit codes: 0 ended by a signal, the Lease given back; 1 it could not start or failed; 2 the settings are not usable.`;

const loadKubeConfig = (file: string | undefined): KubeConfig => {
  const kubeConfig = new KubeConfig();
  try {
    if (file === undefined) kubeConfig.loadFromDefault();
    else kubeConfig.loadFromFile(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new ConfigError(`The kubeconfig ${file ?? '(default)'} cannot be used: ${why}`, { cause });
  }
  return kubeConfig;
};

const main = async (): Promise<void> => {
  const args = process.argv.slice(2);
  if (parseArgs({ args, strict: false }).values['help'] === true) {
    console.log(help);
    return;
  }
  const config = readConfig(args, process.env);
  const log = pino({
    level: config['log-level'],
    base: { operator: config.identity },
    mixin: traceIds,
  });
  const service = { name: 'medlyssning-operator', version: packageJson.version, instance: config.identity };
  const tracing = await startTracing(service, process.env, log);
  const api = createKubeApi(loadKubeConfig(config.kubeconfig), {
    userAgent: `medlyssning-operator/${config.identity}`,
  });
  const operator = await startOperator(config, api, log);
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await operator.stop();
    await tracing.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

main().catch((error) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
});
