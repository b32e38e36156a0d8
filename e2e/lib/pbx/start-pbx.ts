import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKamailio } from '@medlyssning/tools/real/kamailio.ts';
import type { Parts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { answersSip } from '@medlyssning/tools/real/probes.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { type PbxCompany, type PbxUser, pbxTables } from './pbx-tables.ts';

/** Every port a PBX listens on. Given to a second start, it stands where the first one stood. */
export interface PbxPorts {
  /** Phones, UDP and TCP. */
  readonly public: number;
  /** PSTN (from 127.0.0.2) and mobile operator (from 127.0.0.3), UDP and TCP. */
  readonly trunk: number;
  /** The media sidecar, TCP. */
  readonly internal: number;
}

export interface PbxOptions {
  readonly parts: Parts;
  readonly companies: readonly PbxCompany[];
  readonly users: readonly PbxUser[];
  /** Where the sidecar takes calls to `*28*`, TCP on the media node. Nothing needs to listen there yet. */
  readonly sidecarPort: number;
  /** UDP port of the call engine's ng on the media node. */
  readonly rtpengineNg: number;
  /** Where calls to outside numbers go: `sip:127.0.0.2:PORT`, with `;transport=tcp` when so. Default: nobody is there. */
  readonly pstnUri?: string;
  /** Where calls to SIMs go: `sip:127.0.0.3:PORT`. Left out, mobiles do not ring. */
  readonly mobileUri?: string;
  readonly ports?: PbxPorts;
  /** Default: everything on loopback. */
  readonly addresses?: PbxAddresses;
  readonly logFile?: string;
}

/** IPv4 addresses of the PBX and of those who come by an entrance that is not for phones. */
export interface PbxAddresses {
  readonly pbx: string;
  /** Where the sidecar and the call engine are. */
  readonly mediaNode: string;
  readonly pstn: string;
  readonly mobile: string;
}

export interface Pbx {
  readonly host: string;
  readonly publicPort: number;
  readonly trunkPort: number;
  readonly internalPort: number;
  readonly process: RunningProcess;
  /** The digest password of the account `user@host`, which is the device's address. */
  passwordOf(address: string): string;
  stop(): Promise<void>;
}

const onLoopback: PbxAddresses = {
  pbx: '127.0.0.1',
  mediaNode: '127.0.0.1',
  pstn: '127.0.0.2',
  mobile: '127.0.0.3',
};
const config = join(import.meta.dirname, '..', '..', '..', 'examples', 'kamailio.cfg');

/**
 * Starts Kamailio with `examples/kamailio.cfg` as it is, for these companies and users, and waits until it answers.
 * @throws ProcessFailed
 */
export async function startPbx(options: PbxOptions): Promise<Pbx> {
  const addresses = options.addresses ?? onLoopback;
  const host = addresses.pbx;
  const secret = randomBytes(16);
  const passwordOf = (address: string) =>
    createHmac('sha256', secret).update(address).digest('hex').slice(0, 16);
  const ports = options.ports ?? {
    public: await freePort(),
    trunk: await freePort(),
    internal: await freePort(),
  };
  const workDir = await mkdtemp(join(tmpdir(), 'medlyssning-pbx-'));
  const removeWorkDir = () => rm(workDir, { recursive: true, force: true });
  try {
    for (const [name, text] of pbxTables({ ...options, passwordOf })) {
      await writeFile(join(workDir, name), text);
    }
    const process = await startKamailio({
      parts: options.parts,
      config,
      defines: defines(options, addresses, ports, workDir),
      workDir,
      ready: { probe: () => answersSip(host, ports.public) },
      ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
    });
    return {
      host,
      publicPort: ports.public,
      trunkPort: ports.trunk,
      internalPort: ports.internal,
      process,
      passwordOf,
      async stop() {
        await process.stop();
        await removeWorkDir();
      },
    };
  } catch (error) {
    await removeWorkDir();
    throw error;
  }
}

function defines(
  options: PbxOptions,
  { pbx, mediaNode, pstn, mobile }: PbxAddresses,
  ports: PbxPorts,
  tables: string,
): Readonly<Record<string, string>> {
  const quoted = (value: string) => `"${value}"`;
  return {
    PUBLIC_IP: pbx,
    TRUNK_IP: pbx,
    INTERNAL_IP: pbx,
    PSTN_PEERS: quoted(`${pstn}/32`),
    MOBILE_PEERS: quoted(`${mobile}/32`),
    INTERNAL_PEERS: quoted(`${mediaNode}/32`),
    PUBLIC_PORT: String(ports.public),
    TRUNK_PORT: String(ports.trunk),
    INTERNAL_PORT: String(ports.internal),
    DB_URL: quoted(`text://${tables}`),
    ROUTE_SECRET: quoted(randomBytes(16).toString('hex')),
    SIDECAR_URI: quoted(`sip:${mediaNode}:${options.sidecarPort};transport=tcp`),
    RTPENGINE_SOCK: quoted(`udp:${mediaNode}:${options.rtpengineNg}`),
    ...(options.pstnUri === undefined ? {} : { PSTN_URI: quoted(options.pstnUri) }),
    ...(options.mobileUri === undefined ? {} : { MOBILE_URI: quoted(options.mobileUri) }),
  };
}
