import type { Task, TaskBead } from '../../chaos/world/task.ts';

/** A convoy of `beads` beads, the second half of which needs one of the first half each. */
export function taskOf(beads: number): Task {
  const half = Math.ceil(beads / 2);
  const stone = (at: number): TaskBead => ({
    title: `Lay stone ${at + 1}`,
    file: `walls/stone-${at + 1}.txt`,
    needs: at < half ? [] : [at + 1 - half],
  });
  return { title: 'Build a wall', beads: Array.from({ length: beads }, (_, at) => stone(at)) };
}
