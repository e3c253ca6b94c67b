import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every program that asks. */
const ticksPerSecond = 100;

/** Processor seconds, user and system, of a process that lives and of its children that ended. Linux alone tells. */
export function processorSeconds(pid: number | 'self'): { readonly own: number; readonly children: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // A program's name may hold blanks; it ends at the last bracket.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
  return {
    own: (user + system) / ticksPerSecond,
    children: (childrenUser + childrenSystem) / ticksPerSecond,
  };
}

/** The most memory that a living process ever held, MiB. */
export function peakMemoryMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024);
}
