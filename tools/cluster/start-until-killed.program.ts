import { startCluster } from './start-cluster.ts';

/** Starts a cluster and waits to be killed; says where it is. */
const { network, node } = await startCluster();
console.log(JSON.stringify({ link: network.link, folder: node.folder }));
setInterval(() => undefined, 60_000);
