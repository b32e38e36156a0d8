import { get } from 'node:http';
import type { Parts } from '../real/parts.ts';
import { type RunningProcess, startProcess } from '../real/process.ts';
import type { AdminClient } from './admin-client.ts';
import type { KubernetesBinaries } from './kubernetes-binaries.ts';
import {
  apiServerCommand,
  controllersCommand,
  etcdCommand,
  etcdUrl,
  type Layout,
  schedulerCommand,
} from './programs.ts';

const readyWithinMs = 60_000;

export function startEtcd(parts: Parts, layout: Layout): Promise<RunningProcess> {
  return startProcess({
    name: 'etcd',
    command: etcdCommand(parts, layout),
    ready: { probe: () => answers(`${etcdUrl(layout)}/readyz`) },
    readyWithinMs,
  });
}

export function startApiServer(
  binaries: KubernetesBinaries,
  layout: Layout,
  client: AdminClient,
): Promise<RunningProcess> {
  return startProcess({
    name: 'kube-apiserver',
    command: apiServerCommand(binaries, layout),
    ready: { probe: () => isReady(client) },
    readyWithinMs,
    logFile: `${layout.folder}/kube-apiserver.log`,
  });
}

/** Not waited for: they start working when they have listed everything, a second later, and no test asks before that. */
export function startControllers(binaries: KubernetesBinaries, layout: Layout): Promise<RunningProcess> {
  return startProcess({
    name: 'kube-controller-manager',
    command: controllersCommand(binaries, layout),
    ready: 'started',
    logFile: `${layout.folder}/kube-controller-manager.log`,
  });
}

/** Not waited for either: a pod stays pending until it works. */
export function startScheduler(
  scheduler: string,
  layout: Layout,
  kubeconfig: string,
): Promise<RunningProcess> {
  return startProcess({
    name: 'kube-scheduler',
    command: schedulerCommand(scheduler, layout, kubeconfig),
    ready: 'started',
    logFile: `${layout.folder}/kube-scheduler.log`,
  });
}

async function isReady(client: AdminClient): Promise<boolean> {
  try {
    return (await client.request({ method: 'GET', path: '/readyz' })).status === 200;
  } catch {
    return false;
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}
