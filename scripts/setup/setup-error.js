/**
 * Exit statuses of set-up, one per kind of trouble.
 * `missing` is only given by `GASTOWN_SETUP=check`.
 */
export const exitStatus = {
  missing: 10,
  dependencies: 11,
  node: 12,
  engine: 13,
  image: 14,
  browser: 15,
};

/** Something that a person must mend: one sentence that says what to do, and the exit status to end with. */
export class SetupError extends Error {
  /**
   * @param {keyof typeof exitStatus} kind
   * @param {string} message what is wrong and what to do
   * @param {{ cause?: unknown }} [options]
   */
  constructor(kind, message, options) {
    super(message, options);
    this.name = 'SetupError';
    this.status = exitStatus[kind];
  }
}
