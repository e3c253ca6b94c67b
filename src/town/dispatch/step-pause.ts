/** How a step that came to no end of its own goes on: when something happens, or at a time. */
export interface StepPause {
  readonly wakeAt: Date | null;
}
