import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parts } from './parts.ts';
import type { PortRange } from './ports.ts';
import { type RunningProcess, startProcess } from './process.ts';

export interface BaresipOptions {
  readonly parts: Parts;
  /** Its folder for configuration and recordings, within the folder for temporary files or the project; made when missing. */
  readonly workDir: string;
  /** Its SIP address, for example `sip:1001@acme.example`. */
  readonly address: string;
  /** For example `['auth_pass=…', 'outbound="sip:127.0.0.1:5060;transport=tcp"']`; `regint=0` keeps it from registering. */
  readonly accountParameters: readonly string[];
  readonly sipPort: number;
  readonly rtpPorts: PortRange;
  /** WAV file it plays to the other party: 8,000 Hz, 16 bit, mono. At its end it hangs up. */
  readonly speaks: string;
  /** Answers calls by itself, or calls this address as soon as it is ready. */
  readonly does: 'answer' | { readonly call: string };
  readonly logFile?: string;
}

/** Where Debian and a build from source put its modules; it finds none without being told. */
const moduleFolders = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules'] as const;
const modules = ['account', 'menu', 'g711', 'aufile', 'uuid'] as const;

/** Starts a baresip phone without sound card, which plays a file to the other party. It is ready when registered, with `regint=0` at once. */
export function startBaresip(options: BaresipOptions): Promise<RunningProcess> {
  const { parts, workDir, address, accountParameters, does } = options;
  mkdirSync(workDir, { recursive: true });
  writeFileSync(join(workDir, 'config'), configuration(options));
  const parameters = does === 'answer' ? [...accountParameters, 'answermode=auto'] : accountParameters;
  writeFileSync(
    join(workDir, 'accounts'),
    `${[`<${address}>`, ...parameters].join(';')}
`,
  );
  const ready = accountParameters.includes('regint=0') ? /baresip is ready/ : /200 OK \(.*\) \[\d+ binding/;
  const call = does === 'answer' ? [] : ['-e', `/dial ${does.call}`];
  return startProcess({
    name: 'phone (baresip)',
    command: parts.command('baresip', ['-f', workDir, ...call], workDir),
    ready: { line: (line) => ready.test(line) },
    ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
  });
}

function configuration({ parts, workDir, sipPort, rtpPorts, speaks }: BaresipOptions): string {
  const root = parts.from.kind === 'root' ? parts.from.root : '/';
  const folder = moduleFolders.find((path) => existsSync(join(root, path))) ?? moduleFolders[0];
  return [
    `sip_listen 127.0.0.1:${sipPort}`,
    `rtp_ports ${rtpPorts.min}-${rtpPorts.max}`,
    'statmode_default off',
    'net_interface 127.0.0.1',
    `audio_source aufile,${speaks}`,
    'audio_player aufile,received.wav',
    'audio_alert aufile,none.wav',
    // No tones of its own: version 1.1.0 now and then crashes where its ringback gives way to the call, both being a file.
    `audio_path ${workDir}`,
    `module_path ${folder}`,
    ...modules.map((module) => `module ${module}.so`),
    '',
  ].join('\n');
}
