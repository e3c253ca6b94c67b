/** One thing that happened, as a person reads it. All of it is safe for a terminal. */
export interface StoryLine {
  /** Who did it: `mayor`, `polecat sliding window`, `refinery`, `town`. */
  readonly who: string;
  readonly text: string;
  readonly tone: 'plain' | 'quiet' | 'good' | 'bad';
  /** What an agent said, or the end of an output: shown below the line, together. */
  readonly body?: string;
  /** The body is an agent's own words, which are Markdown. */
  readonly said?: true;
}

/** The same before it is known who did it. */
export type Told = Omit<StoryLine, 'who'>;
