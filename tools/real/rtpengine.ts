import type { Exit } from './exit.ts';
import type { Parts } from './parts.ts';
import { freePort, freePortRange, type PortRange } from './ports.ts';
import { answersNg } from './probes.ts';
import { type RunningProcess, startProcess } from './process.ts';

/** The call engine carries the calls; the listening engine mixes for listeners (docs/architecture.md). */
export type EngineRole = 'call' | 'listening';

/** Every port an engine uses. Given to a second start, it stands where the first one stood. */
export interface EnginePorts {
  readonly udp: number;
  readonly tcp: number;
  readonly cli: number;
  readonly rtp: PortRange;
}

export interface RtpengineOptions {
  readonly parts: Parts;
  readonly role: EngineRole;
  /** Where to mirror ng to, over TCP (call engine only). Nothing needs to listen there yet. */
  readonly hep?: { readonly port: number; readonly host?: string };
  readonly ports?: EnginePorts;
  /** How many RTP ports, when `ports` is not given. Default 400: enough for 100 legs. */
  readonly rtpPorts?: number;
  /** Seconds a deleted call stays known. Default 0: gone at once. */
  readonly deleteDelay?: number;
  readonly host?: string;
  readonly extraArgs?: readonly string[];
  readonly logFile?: string;
}

export interface Rtpengine {
  readonly role: EngineRole;
  readonly host: string;
  readonly ng: { readonly udp: number; readonly tcp: number };
  readonly cli: number;
  readonly ports: EnginePorts;
  /** The running process; another one after `restart`. */
  readonly process: RunningProcess;
  readonly pid: number;
  stop(): Promise<Exit>;
  /** SIGKILL: what a crash is to others. */
  kill(): Promise<Exit>;
  /** Starts it anew on the same ports, after ending it when it still runs. It knows no calls then. */
  restart(): Promise<void>;
}

/**
 * Starts an rtpengine on ports of its own and waits until it answers.
 * @throws ProcessFailed
 */
export async function startRtpengine(options: RtpengineOptions): Promise<Rtpengine> {
  const { parts, role, host = '127.0.0.1' } = options;
  const ports = options.ports ?? (await portsFor(options.rtpPorts ?? 400));
  const args = engineArgs(options, host, ports);
  const start = () =>
    startProcess({
      name: `${role} engine (rtpengine)`,
      command: parts.command('rtpengine', args),
      ready: { probe: () => answersNg(host, ports.udp) },
      ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
    });
  let running = await start();
  return {
    role,
    host,
    ports,
    ng: { udp: ports.udp, tcp: ports.tcp },
    cli: ports.cli,
    get process() {
      return running;
    },
    get pid() {
      return running.pid;
    },
    stop: () => running.stop(),
    kill: () => running.kill(),
    async restart() {
      await running.stop();
      running = await start();
    },
  };
}

async function portsFor(rtpPorts: number): Promise<EnginePorts> {
  const [udp, tcp, cli] = [await freePort(), await freePort(), await freePort()];
  return { udp, tcp, cli, rtp: await freePortRange(rtpPorts) };
}

/** For the engine that mixes and sends to listeners; the second is rtpengine's own default since 26.0 (docs/facts.md). */
const listening = ['--audio-buffer-length=3000', '--endpoint-learning=heuristic'];

/** rtpengine's options (rtpengine(1)); why the roles differ is told in docs/adr. */
export function engineArgs(
  options: Pick<RtpengineOptions, 'role' | 'hep' | 'deleteDelay' | 'extraArgs'>,
  host: string,
  ports: EnginePorts,
): readonly string[] {
  const { role, hep, deleteDelay = 0, extraArgs = [] } = options;
  const mirror =
    hep === undefined
      ? []
      : [
          `--homer=${hep.host ?? '127.0.0.1'}:${hep.port}`,
          '--homer-protocol=tcp',
          '--homer-id=1',
          '--homer-enable-ng',
          '--homer-disable-rtcp-stats',
        ];
  return [
    '--config-file=none',
    '--foreground',
    '--log-stderr',
    '--table=-1',
    `--interface=${host}`,
    `--listen-ng=${host}:${ports.udp}`,
    `--listen-tcp-ng=${host}:${ports.tcp}`,
    `--listen-cli=${host}:${ports.cli}`,
    `--delete-delay=${deleteDelay}`,
    // Without it 26.0.1 may crash when a TCP ng client goes away while its requests are being answered.
    '--poller-per-thread',
    `--port-min=${ports.rtp.min}`,
    `--port-max=${ports.rtp.max}`,
    ...(role === 'listening' ? listening : mirror),
    ...extraArgs,
  ];
}
