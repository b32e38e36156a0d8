const sip = { trustedPeers: ['10.0.0.5/32'], outboundProxy: 'sip:10.0.0.5:5062;transport=tcp' };
const media = (form: 'complete' | 'attached', more: Readonly<Record<string, unknown>> = {}) => ({
  media: { form, sip, ...more },
});
const onOneNode = { kind: 'DaemonSet', nodeSelector: { 'kubernetes.io/hostname': 'node-a' } };

/** Values of charts/medlyssning, by what they are about: every switch is in one of them, in each of its positions. */
export const platformCases: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'nothing said': {},
  'no definitions': { crds: { install: false } },
  'nothing kept': { crds: { keep: false } },
  'images from elsewhere': {
    images: {
      registry: 'registry.example:5000',
      pullPolicy: 'Always',
      pullSecrets: [{ name: 'registry' }],
      operator: { repository: 'mirror/operator', tag: `sha256:${'0'.repeat(64)}` },
      sidecar: { repository: 'mirror/media-sidecar', tag: '0.1.0-rc1' },
      rtpengine: { repository: 'mirror/rtpengine', tag: '26.0.1' },
    },
    ...media('complete'),
  },
  'one operator, placed': {
    operator: {
      replicas: 1,
      logLevel: 'debug',
      resources: { requests: { cpu: '1' } },
      env: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector:4318' }],
      nodeSelector: { pool: 'control' },
      tolerations: [{ key: 'control', operator: 'Exists' }],
      priorityClassName: 'system-cluster-critical',
    },
  },
  complete: media('complete'),
  'complete, ng on the network': media('complete', { callEngine: { ng: '$(POD_IP):2223' } }),
  'complete as a DaemonSet': media('complete', {
    ...onOneNode,
    audit: { sqlite: { hostPath: '/var/lib/medlyssning' } },
  }),
  'complete, all said': media('complete', {
    pool: 'north',
    sip: { ...sip, port: 5090 },
    callEngine: {
      interface: '$(POD_IP)!203.0.113.7',
      ports: { min: 34000, max: 34999 },
      extraArgs: ['--num-threads=4'],
      resources: { requests: { cpu: '2' } },
    },
    listeningEngine: {
      interface: '$(POD_IP)!203.0.113.7',
      ports: { min: 35000, max: 35999 },
      extraArgs: ['--num-threads=2'],
      resources: { limits: { memory: '2Gi' } },
    },
    sidecar: {
      config: { logLevel: 'debug', sip: { deviceHeader: 'X-Endpoint' } },
      env: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector:4318' }],
      resources: { limits: { memory: '1Gi' } },
    },
    drain: { seconds: 3600 },
    nodeSelector: { pool: 'media' },
    tolerations: [{ key: 'media', operator: 'Exists' }],
    priorityClassName: 'system-node-critical',
  }),
  'complete in the pod network': media('complete', { hostNetwork: false }),
  attached: media('attached'),
  'attached to an rtpengine elsewhere': media('attached', { callEngine: { ng: '10.0.0.6:2223' } }),
  'attached by polling': media('attached', {
    sidecar: { config: { observe: { poll: { intervalMs: 500 } } } },
  }),
  'attached in the pod network, records in PostgreSQL': media('attached', {
    hostNetwork: false,
    audit: { postgres: { secret: 'audit' } },
  }),
  'records on a class of storage': media('attached', {
    audit: { sqlite: { size: '10Gi', storageClassName: 'fast' } },
  }),
  'records in a folder of the node': media('attached', {
    audit: { sqlite: { hostPath: '/srv/medlyssning' } },
  }),
  'a console': media('complete', {
    hostNetwork: false,
    http: { tlsSecret: 'console-tls', port: 9443 },
    sidecar: {
      config: {
        http: {
          console: { files: '/app/console', clientId: 'medlyssning-console' },
          auth: { oidc: { issuer: 'https://login.acme.example', audience: 'medlyssning' } },
        },
      },
    },
  }),
  'no network policies': { networkPolicy: { enabled: false }, ...media('attached', { hostNetwork: false }) },
  'network policies, all said': {
    networkPolicy: {
      monitoring: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      apiServer: [{ ipBlock: { cidr: '10.96.0.1/32' } }],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'collector' } } }], ports: [{ port: 4318 }] }],
    },
    ...media('attached', { hostNetwork: false }),
  },
  monitored: {
    monitoring: { monitors: true, alerts: true, dashboards: true, labels: { release: 'prometheus' } },
    ...media('complete'),
  },
};

/** Values that cannot be meant, and what the message says of them. */
export const wrongPlatformValues: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] =
  [
    ['a form that is none', { media: { form: 'complet' } }, /media.form/],
    ['a value that is none', { media: { from: 'complete' } }, /from/],
    ['no PBX', { media: { form: 'complete' } }, /media\.sip\.trustedPeers is empty: name the networks/],
    [
      'no way to the PBX',
      media('complete', { sip: { ...sip, outboundProxy: '' } }),
      /media\.sip\.outboundProxy is empty/,
    ],
    [
      'a PBX that is no network',
      media('complete', { sip: { ...sip, trustedPeers: ['pbx.example'] } }),
      /trustedPeers/,
    ],
    [
      'everybody as the PBX',
      media('complete', { sip: { ...sip, trustedPeers: ['0.0.0.0/0'] } }),
      /trustedPeers/,
    ],
    [
      'a DaemonSet on all nodes',
      media('complete', { kind: 'DaemonSet' }),
      /names no kubernetes\.io\/hostname/,
    ],
    ['a DaemonSet without a place for records', media('complete', onOneNode), /media\.audit names no place/],
    [
      'ports the wrong way round',
      media('complete', { callEngine: { ports: { min: 49999, max: 40000 } } }),
      /media\.callEngine\.ports\.min is 49999/,
    ],
    [
      'ports in each other',
      media('complete', { callEngine: { ports: { min: 49000, max: 50001 } } }),
      /overlap/,
    ],
    ['two media nodes', media('complete', { replicas: 2 }), /replicas/],
    ['no operator', { operator: { replicas: 0 } }, /replicas/],
    ['a drain without end', media('complete', { drain: { seconds: -1 } }), /seconds/],
  ];
