import type { NodeNetwork } from '@medlyssning/tools/cluster/node-network.ts';
import type { DevelopmentIssuer } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';

export interface PlatformPlace {
  readonly network: NodeNetwork;
  /** TCP port of the PBX for the sidecar. */
  readonly pbxInternalPort: number;
  /** Secret with the key and certificate of the console, and the authority that signed it and the issuer's. */
  readonly tlsSecret: string;
  /** The issuer that signs people in. */
  readonly oidc: DevelopmentIssuer['config'];
}

/** Where media nodes of these tests listen; the node has its addresses for itself. */
export const mediaPorts = { sip: 5070, ng: 2223 } as const;

/** For how long a media pod that is to go waits for calls and listens. */
export const drainSeconds = 30;

/** The registry that README names; nothing is pulled from there, since the cluster has the images. */
export const registry = 'registry.example';

/** Values of charts/medlyssning for a media node that carries the calls of a PBX outside of the cluster. */
export const platformValues = ({ network, pbxInternalPort, tlsSecret, oidc }: PlatformPlace): object => ({
  images: { registry, pullPolicy: 'Never' },
  media: {
    form: 'complete',
    sip: {
      trustedPeers: [`${network.here}/32`],
      outboundProxy: `sip:${network.here}:${pbxInternalPort};transport=tcp`,
      port: mediaPorts.sip,
    },
    callEngine: { ng: `$(POD_IP):${mediaPorts.ng}` },
    audit: { sqlite: { hostPath: '/var/lib/medlyssning' } },
    http: { tlsSecret },
    sidecar: {
      env: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/etc/medlyssning-tls/ca.crt' }],
      config: {
        http: {
          auth: { oidc },
          console: { files: '/app/console', clientId: 'medlyssning-console' },
        },
      },
    },
    drain: { seconds: drainSeconds },
  },
});
