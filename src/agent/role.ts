import type { RoleName } from '../domain/session/events.ts';

/** A role as its TOML file declares it, checked: limits, tools, default models and the prompt's prose. */
export interface Role {
  readonly name: RoleName;
  readonly description: string;
  readonly maxIterations: number;
  /** Names of tools; the town refuses to start a session whose role names one that it doesn't have. */
  readonly tools: readonly string[];
  /** First choice, then fallbacks. */
  readonly models: readonly [string, ...string[]];
  readonly system: string;
  /** Said once when it answers without a tool call before its work is concluded. */
  readonly reminder?: string;
  /** How many of the last turns a compaction leaves as they are. */
  readonly keepTurns?: number;
  readonly wallClockMs?: number;
  readonly maxOutputTokens?: number;
}
