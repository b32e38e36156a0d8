import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../real/ports.ts';
import { type RunningProcess, startProcess } from '../real/process.ts';
import { buildCollector } from './build-collector.ts';

/** A real OpenTelemetry Collector on loopback. */
export interface Collector {
  /** `OTEL_EXPORTER_OTLP_ENDPOINT` for what exports to it. */
  readonly endpoint: string;
  readonly process: RunningProcess;
}

/** Starts one that hands on what it takes, as OTLP in JSON. @param to `http://127.0.0.1:…` @param workDir for its configuration and log */
export const startCollector = async (to: string, workDir: string): Promise<Collector> => {
  const program = await buildCollector();
  const port = await freePort();
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { otlp_http: { endpoint: to, encoding: 'json', compression: 'none' } },
    service: {
      telemetry: { metrics: { level: 'none' } },
      pipelines: { traces: { receivers: ['otlp'], exporters: ['otlp_http'] } },
    },
  };
  const file = join(workDir, 'collector.yaml');
  await writeFile(file, stringify(config));
  const process = await startProcess({
    name: 'collector',
    command: { file: program, args: ['--config', `file:${file}`] },
    ready: { line: (line) => line.includes('Everything is ready') },
    logFile: join(workDir, 'collector.log'),
  });
  return { endpoint: `http://127.0.0.1:${port}`, process };
};
