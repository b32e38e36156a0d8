import type { Machine } from './machine.ts';

/** The machine in a line for people. */
export const machineLine = (machine: Machine): string =>
  [
    machine.cpu,
    `${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}`,
    `${machine.memory} GiB`,
    machine.kernel,
    `Node ${machine.node.replace(/^v/, '')}`,
    machine.rtpengine && `rtpengine ${machine.rtpengine}`,
    machine.kamailio && `Kamailio ${machine.kamailio}`,
    `load before ${machine.loadBefore.toFixed(1)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
