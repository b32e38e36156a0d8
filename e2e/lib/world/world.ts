import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { header } from '@medlyssning/sip-tcp';
import { ensureParts, type Parts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { type Rtpengine, startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { type Pbx, type PbxOptions, startPbx } from '../pbx/start-pbx.ts';
import { type Call, type CallOptions, Phone, type PhoneOptions } from '../phone/index.ts';
import { type ClusterHome, startClusterHome } from './cluster-home.ts';
import { type Edit, editFiles } from './edit-policy.ts';
import { copyExamples, readTenants, type Tenants } from './examples.ts';
import { directoryHome, type PolicyHome } from './policy-home.ts';
import { recordsIn } from './records-in.ts';
import { auditFileOf, type SidecarPlace, startSidecarProcess } from './start-sidecar.ts';

export interface WorldOptions {
  readonly onProgress?: (line: string) => void;
  /** More of the sidecar's configuration, or what makes it once the engines stand: proxies between it and them. */
  readonly sidecar?: SidecarPlace['config'] | ((place: SidecarPlace) => Promise<SidecarPlace['config']>);
  /** More of the environment of sidecar and operator. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where calls to the outside and to SIMs go. Default: nobody is there. */
  readonly outside?: Pick<PbxOptions, 'pstnUri' | 'mobileUri'>;
  /** More options of the listening engine. */
  readonly listeningArgs?: readonly string[];
  /** Adds to the folder of YAML, or edits it, before anything starts. */
  readonly tenants?: (policyDir: string) => Promise<void>;
}

/** The same tests run on a directory and on a cluster; which of them is said once for a whole run. */
const onCluster = process.env['MEDLYSSNING_E2E_POLICY'] === 'cluster';
const node = 'media-1';

/** How long a world waits for a record that is to come: a listen is taken down in up to four commands of 2 s each. */
const recordWithinMs = 15_000;

/**
 * Everything real, on loopback: Kamailio, a call engine, a listening engine, the sidecar as a process of its own, and
 * the people of `examples/` with their phones.
 */
export class World implements AsyncDisposable {
  readonly parts: Parts;
  readonly callEngine: Rtpengine;
  readonly listeningEngine: Rtpengine;
  readonly pbx: Pbx;
  readonly place: SidecarPlace;
  readonly tenants: Tenants;
  readonly policy: PolicyHome | ClusterHome;
  sidecar: RunningProcess;
  readonly #phones: Phone[] = [];

  private constructor(
    made: Pick<
      World,
      'parts' | 'callEngine' | 'listeningEngine' | 'pbx' | 'place' | 'tenants' | 'policy' | 'sidecar'
    >,
  ) {
    this.parts = made.parts;
    this.callEngine = made.callEngine;
    this.listeningEngine = made.listeningEngine;
    this.pbx = made.pbx;
    this.place = made.place;
    this.tenants = made.tenants;
    this.policy = made.policy;
    this.sidecar = made.sidecar;
  }

  /** Starts all of it; resolves when the sidecar is ready to take listens. */
  static async start({
    onProgress = () => {},
    sidecar: config = {},
    tenants: edit = async () => {},
    outside = {},
    listeningArgs = [],
    env = {},
  }: WorldOptions = {}): Promise<World> {
    const parts = await ensureParts(onProgress);
    const workDir = await mkdtemp(join(tmpdir(), 'medlyssning-world-'));
    const policyDir = join(workDir, 'policy');
    await copyExamples(policyDir);
    await edit(policyDir);
    const tenants = await readTenants(policyDir);
    const [hepPort, sipPort, metricsPort] = [await freePort(), await freePort(), await freePort()];
    const policy = onCluster
      ? await startClusterHome(policyDir, { workDir, node, env, onProgress })
      : directoryHome(policyDir);
    onProgress('Starting the call engine and the listening engine (rtpengine) …');
    const [callEngine, listeningEngine] = await Promise.all([
      startRtpengine({
        parts,
        role: 'call',
        hep: { port: hepPort },
        logFile: join(workDir, 'call-engine.log'),
      }),
      startRtpengine({
        parts,
        role: 'listening',
        extraArgs: listeningArgs,
        logFile: join(workDir, 'listening-engine.log'),
      }),
    ]);
    onProgress('Starting the PBX (Kamailio) …');
    const pbx = await startPbx({
      parts,
      ...tenants,
      ...outside,
      sidecarPort: sipPort,
      rtpengineNg: callEngine.ng.udp,
      logFile: join(workDir, 'pbx.log'),
    });
    const bare: SidecarPlace = {
      node,
      workDir,
      policyDir,
      policy: policy.config,
      callNg: callEngine.ng.tcp,
      listeningNg: listeningEngine.ng.tcp,
      callUdp: callEngine.ng.udp,
      listeningUdp: listeningEngine.ng.udp,
      hepPort,
      sipPort,
      metricsPort,
      pbxPort: pbx.internalPort,
      env,
    };
    const place = { ...bare, config: typeof config === 'function' ? await config(bare) : config };
    onProgress('Starting the media sidecar …');
    const sidecar = await startSidecarProcess(place);
    return new World({ parts, callEngine, listeningEngine, pbx, place, tenants, policy, sidecar });
  }

  /** Switches the phone of one of the devices in `examples/` on and registers it: `karin-desk`. */
  async phone(device: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
    const found = this.tenants.users.flatMap((user) => user.spec.devices).find(({ name }) => name === device);
    const [user, domain] = found?.address?.split('@') ?? [];
    if (!found?.address || user === undefined || domain === undefined) {
      throw new Error(`No device ${device} with an address in examples/.`);
    }
    const phone = await Phone.open({
      user,
      domain,
      password: this.pbx.passwordOf(found.address),
      pbx: { host: this.pbx.host, port: this.pbx.publicPort },
      ...options,
    });
    this.#phones.push(phone);
    const status = await phone.register();
    if (status !== 200) throw new Error(`${device} could not register: ${status}`);
    return phone;
  }

  /** A phone out in the public network, which reaches us over the PSTN trunk. */
  async customer(number: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
    return this.#trunkPhone(number, '127.0.0.2', options);
  }

  /** A SIM in the mobile operator's network. */
  async sim(number: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
    return this.#trunkPhone(number, '127.0.0.3', options);
  }

  /** Dials from a SIM: the operator asserts its number and the access network. */
  dialFromSim(sim: Phone, to: string, options: CallOptions = {}): Promise<Call> {
    const number = sim.uri.replace(/^sip:|@.*$/g, '');
    return sim.call(to, {
      ...options,
      headers: [
        header('P-Asserted-Identity', `<sip:${number}@mobile.example>`),
        header('P-Access-Network-Info', '3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=2400100010001'),
        ...(options.headers ?? []),
      ],
    });
  }

  /** Edits the YAML and brings it to where the sidecar has its policy from. Returns the edits that undo it. */
  async edit(edits: readonly Edit[]): Promise<readonly Edit[]> {
    const undo = await editFiles(this.place.policyDir, edits);
    await this.policy.publish();
    return undo;
  }

  /** Starts the sidecar again after it was killed. */
  async restartSidecar(): Promise<void> {
    await this.sidecar.kill();
    this.sidecar = await startSidecarProcess(this.place);
  }

  /** The audit records so far, as those see them who are not entitled to numbers. */
  async audit(): Promise<readonly AuditRecord[]> {
    return recordsIn(auditFileOf(this.place.workDir));
  }

  /** The first record, among those written and those to come, that fits. */
  async recorded<R extends AuditRecord>(fits: (record: AuditRecord) => record is R): Promise<R> {
    const until = performance.now() + recordWithinMs;
    for (;;) {
      const found = (await this.audit()).find(fits);
      if (found) return found;
      if (performance.now() > until) throw new Error('The audit record did not come.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#phones.map((phone) => phone.close()));
    await this.sidecar.stop();
    await Promise.all([
      this.pbx.stop(),
      this.callEngine.stop(),
      this.listeningEngine.stop(),
      this.policy.stop(),
    ]);
    if (process.env['MEDLYSSNING_KEEP_LOGS'] === undefined) {
      await rm(this.place.workDir, { recursive: true, force: true });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #trunkPhone(number: string, bind: string, options: Partial<PhoneOptions>): Promise<Phone> {
    const phone = await Phone.open({
      user: number,
      bind,
      pbx: { host: this.pbx.host, port: this.pbx.trunkPort },
      ...options,
    });
    this.#phones.push(phone);
    return phone;
  }
}
