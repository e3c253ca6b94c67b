/** How fast the town writes to GitHub, in ms of the clock that GitHub counts by. */
export interface Pace {
  /** Between two writes of any kind: GitHub advises a second. */
  readonly writeMs: number;
  /** Between two that notify people (issues, comments, pull requests): GitHub takes offence at fewer than its 80 a minute. */
  readonly createMs: number;
  /** Of those in any hour: beyond so many GitHub refuses them, whoever made them, so some are left for people. */
  readonly createsAnHour: { readonly all: number; readonly notUrgent: number };
}

/** Its 500 an hour are shared with what people do in the browser. */
export const githubPace: Pace = {
  writeMs: 1000,
  createMs: 3000,
  createsAnHour: { all: 450, notUrgent: 400 },
};

/** For a server without limits. */
const noBound = Number.POSITIVE_INFINITY;
export const noPace: Pace = {
  writeMs: 0,
  createMs: 0,
  createsAnHour: { all: noBound, notUrgent: noBound },
};
