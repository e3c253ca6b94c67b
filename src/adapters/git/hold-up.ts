import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** Whether a git process that stays keeps the town's own process up: only as long as an answer is waited for. */
export function holdUp(child: ChildProcessWithoutNullStreams, waiting: boolean): void {
  const handles = [child, ...child.stdio] as unknown as readonly Partial<NodeJS.RefCounted>[];
  for (const handle of handles) waiting ? handle.ref?.() : handle.unref?.();
}
