import type { Random } from '../random.ts';

/** One convoy of a run, as the models will plan it. */
export interface Task {
  readonly title: string;
  readonly beads: readonly TaskBead[];
}

export interface TaskBead {
  readonly title: string;
  /** The one file that the bead makes; it holds the bead's title. */
  readonly file: string;
  /** Numbers of earlier beads. */
  readonly needs: readonly number[];
}

/** Draws a task, by default of two to five beads, some of which need earlier ones. */
export function drawTask(random: Random, convoy: number, size = random.int(2, 5)): Task {
  const beads: TaskBead[] = [];
  for (let number = 1; number <= size; number += 1) {
    const earlier = beads.map((_, at) => at + 1);
    beads.push({
      title: `Lay stone ${convoy}-${number}`,
      file: `walls/${convoy}/stone-${number}.txt`,
      // In a long list nearly every bead would need another one.
      needs: earlier.slice(-4).filter(() => random.chance(30)),
    });
  }
  return { title: `Build wall ${convoy}`, beads };
}
