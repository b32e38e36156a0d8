import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Cluster } from '@medlyssning/tools/cluster/cluster.ts';

export interface ConsoleAnswer {
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  readonly text: string;
}

/** The Service's name, which its certificate bears. */
export const consoleName = 'medlyssning-console';

/** The console's Service for somebody on the network of the Kubernetes node, outside of all pods, who trusts one authority alone. */
export class ConsoleService {
  readonly #address: string;
  readonly #ca: string;

  /** @param address of the Service @param ca PEM */
  constructor({ network }: Cluster, address: string, ca: string) {
    this.#address = address;
    this.#ca = ca;
    // The way to a Service leads through the node. It goes with the wire.
    execFileSync('ip', ['route', 'replace', `${address}/32`, 'via', network.node, 'dev', network.link]);
  }

  /** @throws where the certificate is another authority's or bears another name, or nobody answers */
  async get(path: string, token?: string): Promise<ConsoleAnswer> {
    const sent = request({
      host: this.#address,
      servername: consoleName,
      path,
      ca: this.#ca,
      headers: { host: consoleName, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      timeout: 10_000,
    });
    sent.once('timeout', () => sent.destroy(new Error(`${path} was not answered within 10 s.`)));
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode, contentType: response.headers['content-type'], text };
  }
}
