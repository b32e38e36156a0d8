import type { RequestOptions } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { KubeConfig } from '@kubernetes/client-node';
import { ApiUnreachable } from '../api/api-unreachable.ts';

/** Two equal ones may share a connection. */
export interface ConnectionOptions {
  readonly tls: Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'pfx' | 'passphrase'> & {
    readonly rejectUnauthorized?: boolean;
    readonly servername?: string;
  };
  readonly proxyUrl: string | undefined;
}

/** How to speak with the API server at this moment. */
export interface Access {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connection: ConnectionOptions;
}

/**
 * What a kubeconfig gives access by, read anew for each request: token and certificate files are replaced while we run, a plugin's
 * credentials expire. client-node does the reading and running.
 */
export class AccessReader {
  #config: KubeConfig;

  constructor(config: KubeConfig) {
    this.#config = config;
  }

  /** Rejects with `ApiUnreachable`, reason `Credentials`. */
  async read(): Promise<Access> {
    try {
      return await readAccess(this.#config);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ApiUnreachable(
        'Credentials',
        `No access to the API server can be had from the kubeconfig's context "${this.#config.getCurrentContext()}" (${why}). Mend the files or the plugin it names.`,
        cause,
      );
    }
  }

  /**
   * The API server did not accept what was read. client-node keeps a token file for a minute and a plugin's credentials until they
   * expire, inside of its KubeConfig: a fresh copy has neither.
   */
  forget(): void {
    const { clusters, users, contexts, currentContext } = this.#config;
    this.#config = new KubeConfig();
    this.#config.loadFromOptions({ clusters, users, contexts, currentContext });
  }
}

const readAccess = async (config: KubeConfig): Promise<Access> => {
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error('the context names no cluster');
  const https: RequestOptions = {};
  await config.applyToHTTPSOptions(https);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(https.headers ?? {}))
    if (value !== undefined) headers[name.toLowerCase()] = String(value).trim();
  if (typeof https.auth === 'string')
    headers['authorization'] = `Basic ${Buffer.from(https.auth).toString('base64')}`;
  return {
    server: cluster.server.replace(/\/+$/, ''),
    headers,
    connection: { tls: tlsOf(https), proxyUrl: cluster.proxyUrl || undefined },
  };
};

const tlsOf = ({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername }: RequestOptions) => ({
  ...(ca === undefined ? {} : { ca }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
  ...(pfx === undefined ? {} : { pfx }),
  ...(passphrase === undefined ? {} : { passphrase }),
  ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  ...(servername === undefined ? {} : { servername }),
});
