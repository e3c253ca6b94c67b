import type { Scenario } from './scenarios/scenario.ts';

/** What the person at the terminal asked of the demo. */
export interface Wish {
  /** A task of their own; null for the scenario's. */
  readonly task: string | null;
  readonly scenario: Scenario;
  /** Whether the scenario was named, so that its workspace and commands are wanted for a task of one's own too. */
  readonly scenarioNamed: boolean;
  readonly verify: string | null;
  readonly models: readonly string[];
  readonly json: boolean;
}

/** What the demo will do: play a script, or let a real model work. */
export type Plan =
  | { readonly kind: 'rehearsal'; readonly task: string; readonly flags: readonly string[] }
  | { readonly kind: 'model'; readonly task: string; readonly flags: readonly string[] }
  | { readonly kind: 'no-key' };

/** A task of one's own needs a model that thinks; everything else is played from the script, whatever keys are set. */
export function plan(wish: Wish, environment: Readonly<Record<string, string | undefined>>): Plan {
  const { scenario, task, scenarioNamed } = wish;
  const common = [...(wish.json ? ['--json'] : []), ...wish.models.flatMap((model) => ['--model', model])];
  if (task === null) {
    return { kind: 'rehearsal', task: scenario.task, flags: [...common, ...commands(scenario, wish.verify)] };
  }
  if (!environment.OPENAI_API_KEY && !environment.NEBIUS_API_KEY) return { kind: 'no-key' };
  const own = wish.verify === null ? [] : ['--verify', wish.verify];
  return {
    kind: 'model',
    task,
    flags: [...common, ...(scenarioNamed ? commands(scenario, wish.verify) : own)],
  };
}

function commands(scenario: Scenario, verify: string | null): readonly string[] {
  return [
    ...scenario.setup.flatMap((command) => ['--setup', command]),
    ...['--verify', verify ?? scenario.verify],
  ];
}
