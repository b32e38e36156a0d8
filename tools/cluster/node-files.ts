import { stringify } from 'yaml';
import { clusterDns, podRange } from './node-network.ts';

/** Where a node's own folder is seen inside of the node, and where its programs are. */
export const inNode = { folder: '/mnt', programs: '/opt' } as const;

/** The socket of containerd, inside. */
export const containerdSocket = '/run/containerd/containerd.sock';

/** The image that holds a pod's namespaces; imported before anything else. */
export const pauseImage = 'localhost/pause:1';

/** Every file of a node's folder that does not hold a secret, by name. */
export function nodeFiles(address: string): ReadonlyMap<string, string> {
  return new Map([
    ['containerd.toml', containerd()],
    ['cni/10-pods.conflist', JSON.stringify(cni)],
    ['kubelet.yaml', stringify(kubelet(address))],
    ['kube-proxy.yaml', stringify(kubeProxy)],
  ]);
}

const path = (name: string) => `${inNode.folder}/${name}`;

/** Who runs this may lack CAP_SYS_RESOURCE, hence no OOM scores below its own. Images come from archives and never from a registry. */
function containerd(): string {
  return `version = 3
root = '/var/lib/containerd'
state = '/run/containerd'
disabled_plugins = ['io.containerd.nri.v1.nri']
[grpc]
  address = '${containerdSocket}'
[plugins.'io.containerd.cri.v1.images']
  snapshotter = 'overlayfs'
  [plugins.'io.containerd.cri.v1.images'.pinned_images]
    sandbox = '${pauseImage}'
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ['/usr/lib/cni']
    conf_dir = '${path('cni')}'
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
    runtime_type = 'io.containerd.runc.v2'
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
      SystemdCgroup = false
`;
}

/** A pod reaches the node, other pods and, through the node, this machine; nothing beyond. */
const cni = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      // This machine knows no way to pods, and other nodes of it have the same ones.
      ipMasq: true,
      ipMasqBackend: 'nftables',
      hairpinMode: true,
      ipam: {
        type: 'host-local',
        dataDir: '/run/cni-ipam',
        ranges: [[{ subnet: podRange }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
  ],
};

function kubelet(address: string): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: path('ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: path('kubelet.crt'),
    tlsPrivateKeyFile: path('kubelet.key'),
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    oomScoreAdj: 0,
    clusterDNS: [clusterDns],
    clusterDomain: 'cluster.local',
    resolvConf: '',
    volumePluginDir: path('volume-plugins'),
    // The disk is this machine's, not ours to keep free.
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 99,
    imageGCLowThresholdPercent: 98,
    syncFrequency: '10s',
    shutdownGracePeriod: '0s',
  };
}

const kubeProxy = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'nftables',
  clientConnection: { kubeconfig: path('kube-proxy.kubeconfig') },
  clusterCIDR: podRange,
  // Zero leaves the kernel's limits, which are the whole machine's, as they are.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
};
