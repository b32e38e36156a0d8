import type { NodeNetwork } from '@medlyssning/tools/cluster/node-network.ts';

export interface PlatformPlace {
  readonly network: NodeNetwork;
  /** TCP port of the PBX for the sidecar. */
  readonly pbxInternalPort: number;
  /** Secret with the key and certificate of the console. */
  readonly tlsSecret: string;
}

/** Where media nodes of these tests listen; the node has its addresses for itself. */
export const mediaPorts = { sip: 5070, ng: 2223 } as const;

/** The registry that README names; nothing is pulled from there, since the cluster has the images. */
export const registry = 'registry.example';

/** Values of charts/medlyssning for a media node that carries the calls of a PBX outside of the cluster. */
export const platformValues = ({ network, pbxInternalPort, tlsSecret }: PlatformPlace): object => ({
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
    // The issuer is asked when somebody signs in, and here nobody does.
    sidecar: {
      config: {
        http: {
          auth: { oidc: { issuer: 'https://login.example', audience: 'medlyssning' } },
          console: { files: '/app/console', clientId: 'medlyssning-console' },
        },
      },
    },
    drain: { seconds: 30 },
  },
});
