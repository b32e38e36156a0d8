import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startChosenCluster } from '@medlyssning/tools/cluster/chosen-cluster.ts';
import type { Cluster } from '@medlyssning/tools/cluster/cluster.ts';
import { buildImages, imageNames } from '@medlyssning/tools/images/build-images.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { type Pbx, startPbx } from '../pbx/start-pbx.ts';
import { type Call, type CallEnd, CallNotAnsweredError, Phone, type PhoneOptions } from '../phone/index.ts';
import { readTenants } from '../world/examples.ts';
import { type Talk, talk } from '../world/talk.ts';
import { voices } from '../world/voices.ts';
import { withConsoleCertificate } from './console-certificate.ts';
import { ConsoleService, consoleName } from './console-service.ts';
import { helm, helmLine } from './helm.ts';
import { mediaPorts, platformValues, registry } from './platform-values.ts';
import { readmeHelmLines } from './readme-helm-lines.ts';
import { type SignIn, startSignIn } from './start-sign-in.ts';
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
  readonly #phones: Phone[] = [];
  readonly #voices = voices('customer', 'anna', 'karin', 'sven');
  readonly #signIn: SignIn;
  readonly #values: object;
  readonly #calls: Call[] = [];
  readonly #desks = new Map<string, Promise<Phone>>();
  #customer: Phone | undefined;

  private constructor(cluster: Cluster, pbx: Pbx, steps: Steps, signIn: SignIn, values: object) {
    this.cluster = cluster;
    this.pbx = pbx;
    this.steps = steps;
    this.#signIn = signIn;
    this.#values = values;
  }

  /**
   * Everything from nothing: cluster, images, PBX, charts, a company. Resolves when the company's policy is enforced.
   * @param beforeMedia what has to be there before the media node; its result is more arguments of Helm for that
   */
  static async start(
    steps = new Steps(),
    beforeMedia: (cluster: Cluster) => Promise<readonly string[]> = async () => [],
  ): Promise<PodsWorld> {
    const tell = (line: string) => steps.tell(line);
    const folder = await mkdtemp(join(tmpdir(), 'medlyssning-images-'));
    const images = await steps.take('images built', () => buildImages(folder, tell, registry));
    const cluster = await steps.take('cluster up', () => startChosenCluster(tell));
    try {
      await steps.take('images imported', () => cluster.importImages(imageNames.map((name) => images[name])));
      await rm(folder, { recursive: true });
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
      const signIn = await startSignIn(network.here);
      const oidc = signIn.issuer.config;
      const values = platformValues({ network, pbxInternalPort: ports.internal, tlsSecret, oidc });
      const world = new PodsWorld(cluster, pbx, steps, signIn, values);
      await world.#install(beforeMedia);
      return world;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** As README says, word for word; then the media node, which needs to know the PBX. */
  async #install(beforeMedia: (cluster: Cluster) => Promise<readonly string[]>): Promise<void> {
    const { steps, cluster } = this;
    for (const line of await readmeHelmLines())
      await steps.take(line.split(' ').slice(0, 3).join(' '), () => helmLine(cluster.adminKubeconfig, line));
    await withConsoleCertificate(this.#signIn.authority, (files) =>
      this.kubectl(
        ...['create', 'secret', 'generic', tlsSecret, '--type=kubernetes.io/tls', `--namespace=${system}`],
        ...files,
      ),
    );
    const more = await beforeMedia(cluster);
    await steps.take('media node by helm upgrade', () =>
      this.helm('upgrade', 'medlyssning', 'charts/medlyssning', '--wait', '--timeout=3m', ...more),
    );
    await steps.take('company enforced', () =>
      this.kubectl('wait', '--for=condition=Enforced', 'company/acme', '--namespace=acme', '--timeout=60s'),
    );
  }

  /** Helm, with the values of this world where it takes values. @returns what it printed */
  async helm(...args: readonly string[]): Promise<string> {
    const located = args.map((arg) => (arg.startsWith('charts/') ? join(repository, arg) : arg));
    const all = [...located, `--namespace=${system}`];
    return helm(this.cluster.adminKubeconfig, all, this.#values);
  }

  /** @returns what it printed. @throws where it fails */
  async kubectl(...args: readonly string[]): Promise<string> {
    const { ok, output } = await this.cluster.kubectl(args);
    if (!ok) throw new Error(`kubectl ${args.join(' ')} failed:\n${output}`);
    return output;
  }

  /** The console at its Service. */
  async console(): Promise<ConsoleService> {
    const output = '--output=jsonpath={.spec.clusterIP}';
    const address = await this.kubectl('get', `service/${consoleName}`, `--namespace=${system}`, output);
    return new ConsoleService(this.cluster, address, this.#signIn.authority.certificate);
  }

  /** What lets one of the people in at the console. */
  token(name: 'anna' | 'karin'): Promise<string> {
    return this.#signIn.issuer.token(`${name}@acme.example`);
  }

  /** The desk phone of one of the people, registered. */
  phone(name: 'anna' | 'karin' | 'sven'): Promise<Phone> {
    const phone = this.#desks.get(name) ?? this.#openDesk(`${name}-desk@acme.example`, name);
    this.#desks.set(name, phone);
    return phone;
  }

  async #openDesk(address: string, name: 'anna' | 'karin' | 'sven'): Promise<Phone> {
    const [user = '', domain = ''] = address.split('@');
    const phone = await this.#open({
      user,
      domain,
      bind: this.cluster.network.here,
      password: this.pbx.passwordOf(address),
      pbx: { host: this.pbx.host, port: this.pbx.publicPort },
      source: this.#voices.of(name),
    });
    const status = await phone.register();
    if (status !== 200) throw new Error(`${address} could not register: ${status}`);
    return phone;
  }

  /** A customer calls Anna, and both hear each other, through the pod. */
  async talk(): Promise<Talk> {
    this.#customer ??= await this.#open({
      user: '+46701111111',
      bind: this.cluster.network.peers[0],
      pbx: { host: this.pbx.host, port: this.pbx.trunkPort },
      source: this.#voices.of('customer'),
    });
    const made = await talk(this.#customer, await this.phone('anna'), 'sip:+46846500403@acme.example');
    this.#calls.push(made.customer);
    return made;
  }

  /** Karin dials `*28*` and Anna's number, and hears both. */
  async listen(): Promise<Call> {
    const listen = await this.#dial('karin');
    await listen.answered;
    this.#calls.push(listen);
    await this.hears(listen, ['customer', 'anna']);
    return listen;
  }

  /** Sven dials as she does, and may not. @returns what he is told */
  async refused(): Promise<CallEnd> {
    return (await this.#dial('sven')).ended;
  }

  async #dial(name: 'karin' | 'sven'): Promise<Call> {
    return (await this.phone(name)).call('sip:*28*0846500403@acme.example');
  }

  /** Karin, once more until she may: after a restart the sidecar first has to find out what goes on. */
  async listenWithin(seconds: number): Promise<Call> {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      try {
        return await this.listen();
      } catch (error) {
        if (!(error instanceof CallNotAnsweredError) || performance.now() > until) throw error;
      }
      await setTimeout(500);
    }
  }

  /** Waits until the last half second at this ear holds these voices alone. */
  async hears(call: Call, wanted: readonly string[]): Promise<void> {
    let heard: readonly string[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      await call.rtp.hear(30);
      heard = this.#heardNow(call);
      if (heard.join() === wanted.join()) return;
    }
    throw new Error(`Heard are ${heard.join(' and ') || 'nobody'}, not ${wanted.join(' and ')}.`);
  }

  /** On a machine that stumbles the half second may hold nothing: then nobody is heard. */
  #heardNow(call: Call): readonly string[] {
    try {
      return this.#voices.in(call.recording, { from: performance.now() - 500 });
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  }

  /** Ends what a test has left, so that the next one finds free lines. */
  async hangUp(): Promise<void> {
    const calls = this.#calls.splice(0).filter(({ times }) => times.ended === undefined);
    await Promise.all(calls.map((call) => call.hangUp()));
  }

  async #open(options: PhoneOptions): Promise<Phone> {
    const phone = await Phone.open(options);
    this.#phones.push(phone);
    return phone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#phones.map((phone) => phone.close()));
    await this.pbx.stop();
    await this.#signIn.issuer.close();
    await this.cluster.stop();
  }
}
