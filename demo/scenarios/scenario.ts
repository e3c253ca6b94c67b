import type { Step } from '../../src/testing/rehearsal/script.ts';

/** A bead as the scripted Mayor creates it, and what the scripted polecat does about it. */
export interface ScriptedBead {
  readonly title: string;
  readonly description: string;
  readonly acceptance: string;
  /** Numbers of beads, 1 for the first of the list. */
  readonly needs: readonly number[];
  /** The label by which people tell parallel polecats apart. */
  readonly topic: string;
  /** All of the polecat's replies but the last, which closes the bead. */
  readonly work: readonly Step[];
  /** Must stand in what the last of the work showed, or the bead is not closed. */
  readonly shows: RegExp;
  /** What the polecat notes when it closes the bead. */
  readonly evidence: string;
}

/** What the scripted Refinery does about a merge that git could not make. */
export interface ScriptedResolution {
  readonly work: readonly Step[];
  readonly report: string;
}

/** One task with a script for every role. Only the words are scripted: each call really runs. */
export interface Scenario {
  readonly name: string;
  readonly task: string;
  /** Commands that run once, with network, before the first polecat starts. */
  readonly setup: readonly string[];
  readonly verify: string;
  /** Fills the empty folder that becomes the workspace. */
  readonly prepare: (workspace: string) => Promise<void>;
  readonly plan: string;
  readonly beads: readonly ScriptedBead[];
  /** Null where no merge conflicts. */
  readonly resolution: ScriptedResolution | null;
  /** The Mayor's last words. */
  readonly report: string;
}
