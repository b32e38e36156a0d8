import {
  type DevelopmentIssuer,
  type DevelopmentIssuerOptions,
  startDevelopmentIssuer,
} from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import type { WorldOptions } from '../world/world.ts';

/** Where the HTTP API of a sidecar will be, and who signs people in there. */
export interface ApiHost {
  /** `http://127.0.0.1:…`. */
  readonly origin: string;
  readonly issuer: DevelopmentIssuer;
  /** The world's options by which its sidecar has that API. */
  readonly options: Pick<WorldOptions, 'sidecar'>;
}

export interface ApiHostOptions {
  /** The folder that the console was built into; without it only the API is there. */
  readonly console?: string;
  /** Who may sign in on the issuer's page. */
  readonly people?: NonNullable<DevelopmentIssuerOptions['people']>;
  /** How long a token from there lasts; default 8 hours. */
  readonly tokenSeconds?: number;
}

/** Starts an issuer, and finds the API a place. The issuer is its caller's to close. */
export const startApiHost = async ({ console: files, ...of }: ApiHostOptions): Promise<ApiHost> => {
  const issuer = await startDevelopmentIssuer(of);
  const listen = `127.0.0.1:${await freePort()}`;
  const page = files === undefined ? {} : { console: { files, clientId: 'medlyssning-console' } };
  return {
    origin: `http://${listen}`,
    issuer,
    options: { sidecar: { http: { listen, auth: { oidc: issuer.config }, ...page } } },
  };
};
