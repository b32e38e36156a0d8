import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The most memory a process had so far (VmHWM of proc(5)), bytes. */
export function peakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

const established = '01';

/** How many TCP connections a process has to this port of the machine now. */
export function connectionsTo(pid: number, port: number): number {
  const inodes = new Set(
    readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , remote, state]) => state === established && remote?.endsWith(hex(port)))
      .map((fields) => `socket:[${fields[9]}]`),
  );
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => inodes.has(linkOf(`${folder}/${fd}`))).length;
}

const hex = (port: number): string => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;

/** A descriptor may be closed while we look. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** How long a process has had a core so far (utime and stime of proc(5), of a hundred a second), seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
