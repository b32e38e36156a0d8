import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '@medlyssning/tools/cluster/start-cluster.ts';
import { buildImages, imageNames } from '@medlyssning/tools/images/build-images.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { type Pbx, startPbx } from '../pbx/start-pbx.ts';
import { type Call, Phone, type PhoneOptions } from '../phone/index.ts';
import { readTenants, type Tenants } from '../world/examples.ts';
import { type Talk, talk } from '../world/talk.ts';
import { voices } from '../world/voices.ts';
import { helm } from './helm.ts';
import { mediaPorts, platformValues } from './platform-values.ts';
import { Steps } from './steps.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const acme = join(repository, 'examples', 'acme');
export const system = 'medlyssning-system';
const tlsSecret = 'console-tls';

/**
 * The platform in real pods, as an administrator installs it, and outside of them, on the other end of a wire, a PBX and phones. The
 * call engine is in a pod, too: calls pass the cluster.
 */
export class PodsWorld implements AsyncDisposable {
  readonly cluster: Cluster;
  readonly pbx: Pbx;
  readonly steps: Steps;
  readonly #tenants: Tenants;
  readonly #phones: Phone[] = [];
  readonly #voices = voices('customer', 'agent', 'karin');
  readonly #values: object;

  private constructor(cluster: Cluster, pbx: Pbx, tenants: Tenants, steps: Steps, values: object) {
    this.cluster = cluster;
    this.pbx = pbx;
    this.steps = steps;
    this.#tenants = tenants;
    this.#values = values;
  }

  /** Everything from nothing: cluster, images, PBX, charts, a company. Resolves when the company's policy is enforced. */
  static async start(steps = new Steps()): Promise<PodsWorld> {
    const tell = (line: string) => steps.tell(line);
    const images = await steps.take('images built', async () =>
      buildImages(await mkdtemp(join(tmpdir(), 'medlyssning-images-')), tell),
    );
    const cluster = await steps.take('cluster up', () => startCluster(tell));
    try {
      await steps.take('images imported', () =>
        cluster.node.importImages(imageNames.map((name) => images[name])),
      );
      const tenants = await readTenants(acme);
      const { network } = cluster;
      const ports = { public: await freePort(), trunk: await freePort(), internal: await freePort() };
      const pbx = await steps.take('PBX up', async () =>
        startPbx({
          parts: await ensureParts(tell),
          ...tenants,
          sidecarPort: mediaPorts.sip,
          rtpengineNg: mediaPorts.ng,
          ports,
          addresses: {
            pbx: network.here,
            mediaNode: network.node,
            pstn: network.peers[0],
            mobile: network.peers[1],
          },
        }),
      );
      const values = platformValues({ network, pbxInternalPort: ports.internal, tlsSecret });
      const world = new PodsWorld(cluster, pbx, tenants, steps, values);
      await world.#install();
      return world;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  async #install(): Promise<void> {
    const { steps } = this;
    await steps.take('helm install medlyssning', async () => {
      await this.kubectl('create', 'namespace', system);
      await this.#makeCertificate();
      await this.helm('install', 'medlyssning', 'charts/medlyssning', '--wait', '--timeout=3m');
    });
    await steps.take('company enforced', async () => {
      await this.cluster.controlPlane.applyFiles([acme]);
      await this.kubectl(
        'wait',
        '--for=condition=Enforced',
        'company/acme',
        '--namespace=acme',
        '--timeout=60s',
      );
    });
  }

  async #makeCertificate(): Promise<void> {
    const { authority, request } = this.cluster.controlPlane;
    const { key, certificate } = await authority.server('console', {
      ips: [this.cluster.network.node],
      names: ['medlyssning-console'],
    });
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    await request({
      method: 'POST',
      path: `/api/v1/namespaces/${system}/secrets`,
      body: {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: { name: tlsSecret },
        data: { 'tls.key': base64(key), 'tls.crt': base64(certificate) },
      },
    });
  }

  /** Helm, with the values of this world where it takes values. @returns what it printed */
  async helm(...args: readonly string[]): Promise<string> {
    const located = args.map((arg) => (arg.startsWith('charts/') ? join(repository, arg) : arg));
    const all = [...located, `--namespace=${system}`];
    return helm(this.cluster.controlPlane.adminKubeconfig, all, this.#values);
  }

  /** @returns what it printed. @throws where it fails */
  async kubectl(...args: readonly string[]): Promise<string> {
    const { ok, output } = await this.cluster.controlPlane.kubectl(args);
    if (!ok) throw new Error(`kubectl ${args.join(' ')} failed:\n${output}`);
    return output;
  }

  async phone(device: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
    const found = this.#tenants.users.flatMap(({ spec }) => spec.devices).find(({ name }) => name === device);
    const [user, domain] = found?.address?.split('@') ?? [];
    if (!found?.address || !user || !domain) throw new Error(`No device ${device} in examples/acme.`);
    const phone = await this.#open({
      user,
      domain,
      bind: this.cluster.network.here,
      password: this.pbx.passwordOf(found.address),
      pbx: { host: this.pbx.host, port: this.pbx.publicPort },
      ...options,
    });
    const status = await phone.register();
    if (status !== 200) throw new Error(`${device} could not register: ${status}`);
    return phone;
  }

  /** A customer calls Anna, and both hear each other, through the pod. */
  async talk(): Promise<Talk> {
    const anna = await this.phone('anna-desk', { source: this.#voices.of('agent') });
    const customer = await this.#open({
      user: '+46701111111',
      bind: this.cluster.network.peers[0],
      pbx: { host: this.pbx.host, port: this.pbx.trunkPort },
      source: this.#voices.of('customer'),
    });
    return talk(customer, anna, 'sip:+46846500403@acme.example');
  }

  /** Karin dials `*28*` and Anna's number. */
  async dial(karin: Phone): Promise<Call> {
    return karin.call('sip:*28*0846500403@acme.example');
  }

  /** Karin's phone. */
  async karin(): Promise<Phone> {
    return this.phone('karin-desk', { source: this.#voices.of('karin') });
  }

  /** Waits until the last half second at this ear holds these voices alone. */
  async hears(call: Call, wanted: readonly string[]): Promise<void> {
    let heard: readonly string[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      await call.rtp.hear(30);
      heard = this.#voices.in(call.recording, { from: performance.now() - 500 });
      if (heard.join() === wanted.join()) return;
    }
    throw new Error(`Heard are ${heard.join(' and ') || 'nobody'}, not ${wanted.join(' and ')}.`);
  }

  async #open(options: PhoneOptions): Promise<Phone> {
    const phone = await Phone.open(options);
    this.#phones.push(phone);
    return phone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#phones.map((phone) => phone.close()));
    await this.pbx.stop();
    await this.cluster.stop();
  }
}
