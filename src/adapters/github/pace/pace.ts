/** How fast the town writes to GitHub, in ms of the clock that GitHub counts by. */
export interface Pace {
  /** Between two writes of any kind: GitHub advises a second. */
  readonly writeMs: number;
  /** Between two that notify people (issues, comments, pull requests): GitHub takes offence at fewer than its 80 a minute. */
  readonly createMs: number;
}

export const githubPace: Pace = { writeMs: 1000, createMs: 3000 };

/** For a server without limits. */
export const noPace: Pace = { writeMs: 0, createMs: 0 };
