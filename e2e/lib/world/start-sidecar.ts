import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningProcess, startProcess } from '@medlyssning/tools/real/process.ts';
import { stringify } from 'yaml';

/** Where a sidecar under test stands: ports and files that outlive it, so that it can be killed and started again. */
export interface SidecarPlace {
  /** The sidecar's name. */
  readonly node: string;
  readonly workDir: string;
  /** The YAML that people edit. */
  readonly policyDir: string;
  /** The sidecar's `policy`. */
  readonly policy: Readonly<Record<string, unknown>>;
  readonly callNg: number;
  readonly listeningNg: number;
  /** The engines' ng over UDP, for who wants a proxy between. */
  readonly callUdp: number;
  readonly listeningUdp: number;
  readonly hepPort: number;
  readonly sipPort: number;
  readonly metricsPort: number;
  /** The PBX's internal port. */
  readonly pbxPort: number;
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** More of the configuration, over what is made here. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

const repository = join(import.meta.dirname, '..', '..', '..');

export const auditFileOf = (workDir: string): string => join(workDir, 'audit', 'audit.db');

/** Starts the real sidecar as a process of its own and waits until it is ready to take listens. */
export const startSidecarProcess = async (place: SidecarPlace): Promise<RunningProcess> => {
  const file = join(place.workDir, 'sidecar.yaml');
  const config = {
    node: place.node,
    engines: {
      call: { ng: `tcp:127.0.0.1:${place.callNg}` },
      listening: { ng: `tcp:127.0.0.1:${place.listeningNg}` },
    },
    observe: { hep: `tcp:127.0.0.1:${place.hepPort}`, resyncSeconds: 2 },
    policy: place.policy,
    sip: {
      listen: [`tcp:127.0.0.1:${place.sipPort}`],
      trustedPeers: ['127.0.0.1/32'],
      outboundProxy: `sip:127.0.0.1:${place.pbxPort};transport=tcp`,
    },
    audit: { sqlite: auditFileOf(place.workDir) },
    telemetry: { metrics: `127.0.0.1:${place.metricsPort}` },
    ...place.config,
  };
  await writeFile(file, stringify(config));
  return startProcess({
    name: 'media-sidecar',
    env: place.env ?? {},
    command: {
      file: process.execPath,
      args: [join(repository, 'media-sidecar', 'main.ts'), '--config', file],
    },
    ready: {
      probe: () =>
        fetch(`http://127.0.0.1:${place.metricsPort}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        ),
    },
    logFile: join(place.workDir, 'sidecar.log'),
  });
};
