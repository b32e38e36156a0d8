import { startTracing, traceIds } from '@medlyssning/telemetry';
import { pino } from 'pino';
import { readCommandLine } from './config/command-line.ts';
import { ConfigError } from './config/config-error.ts';
import { loadConfig } from './config/load-config.ts';
import packageJson from './package.json' with { type: 'json' };
import { startSidecar } from './sidecar.ts';

const help = `medlyssning media-sidecar: decides and carries out listening beside one rtpengine

Usage: node media-sidecar/main.ts --config FILE

  --config FILE   the configuration, YAML (examples/sidecar.yaml says what each key does)
  --help          this text

Traces go where OTEL_EXPORTER_OTLP_ENDPOINT says, if anywhere (docs/tracing.md).

Example:
  node media-sidecar/main.ts --config examples/sidecar.yaml

Exit codes: 0 ended by a signal, after draining; 1 it could not start or failed; 2 the configuration is not usable.`;

const main = async (): Promise<void> => {
  const asked = readCommandLine(process.argv.slice(2));
  if (asked.help) {
    console.log(help);
    return;
  }
  const config = await loadConfig(asked.config);
  const log = pino({ level: config.logLevel, base: { node: config.node }, mixin: traceIds });
  const service = { name: 'medlyssning-sidecar', version: packageJson.version, instance: config.node };
  const tracing = await startTracing(service, process.env, log);
  const sidecar = await startSidecar(config, log);
  const stop = async (signal: string) => {
    log.info({ signal }, 'draining');
    await sidecar.stop();
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
