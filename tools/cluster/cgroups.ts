import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterUnavailable } from './cluster-unavailable.ts';

/** A hierarchy of cgroup v1: what it is called in a mount's options (`memory`, `name=systemd`), and the folder of this process in it. */
export interface Hierarchy {
  readonly controllers: string;
  readonly folder: string;
}

const mounted = '/sys/fs/cgroup';
const groupName = (pid: number) => `medlyssning-node-${pid}`;
const groupPattern = /^medlyssning-node-(\d+)$/;

/** Hierarchies that a node cannot do without. */
const needed = ['memory', 'cpu', 'pids', 'devices', 'freezer'] as const;

/** The hierarchies of version 1 that a process is in, from its /proc/PID/cgroup (cgroups(7)). */
export function hierarchiesIn(text: string): readonly Hierarchy[] {
  return text.split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]+):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    return [{ controllers, folder: join(mounted, controllers.replace(/^name=/, ''), path) }];
  });
}

/**
 * The hierarchies of this process.
 * @throws ClusterUnavailable
 */
export function hierarchies(): readonly Hierarchy[] {
  const found = hierarchiesIn(readFileSync('/proc/self/cgroup', 'utf8')).filter(({ folder }) =>
    existsSync(folder),
  );
  const names = found.flatMap(({ controllers }) => controllers.split(','));
  const missing = needed.filter((controller) => !names.includes(controller));
  if (missing.length === 0) return found;
  throw new ClusterUnavailable(
    `A node of its own needs the cgroup v1 controllers ${needed.join(', ')}, and here is no ${missing.join(' and no ')} below ${mounted}. ` +
      'Start the machine with systemd.unified_cgroup_hierarchy=0, or mount them below there.',
  );
}

/** A group in every hierarchy, for one node. */
export interface Group {
  /** Lines for sh that take the shell that reads them into the group. */
  readonly enter: string;
  /** Removes it once everything in it has ended. */
  remove(): void;
}

/** Makes a group below where this process is, and removes those of processes that were killed. */
export function makeGroup(all: readonly Hierarchy[]): Group {
  const folders = all.map(({ controllers, folder }) => {
    for (const name of readdirSync(folder)) {
      const pid = groupPattern.exec(name)?.[1];
      if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeTree(join(folder, name));
    }
    const own = join(folder, groupName(process.pid));
    mkdirSync(own, { recursive: true });
    // A new group of this hierarchy has no processor and no memory until it is given some.
    if (controllers.split(',').includes('cpuset'))
      for (const file of ['cpuset.cpus', 'cpuset.mems'])
        writeFileSync(join(own, file), readFileSync(join(folder, file)));
    return own;
  });
  return {
    enter: folders.map((folder) => `echo $$ >'${folder}/cgroup.procs'`).join('\n'),
    remove: () => folders.forEach(removeTree),
  };
}

/** Groups are removed from the leaves on; one with processes stays, and is left for the next time. */
function removeTree(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
  }
}
