/** What a command has to say, for people and for programs. */
export interface Report {
  readonly text: string;
  /** Printed as one line of JSON each. */
  readonly json: readonly object[];
}
