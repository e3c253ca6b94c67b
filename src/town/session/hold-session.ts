import { limitsOfRole } from '../../agent/limits-of-role.ts';
import { resumeSession } from '../../agent/resume-session.ts';
import type { Role } from '../../agent/role.ts';
import { runSession } from '../../agent/run-session.ts';
import { budgetCall, type SessionStop } from '../../agent/session.ts';
import type { Tool } from '../../agent/tool.ts';
import type { StreamId } from '../../domain/event.ts';
import type { RoleName } from '../../domain/session/events.ts';
import type { Town } from '../town.ts';
import { askForAllowance, convoyBudget, giveBack, waitForAllowance } from './convoy-budget.ts';
import { recordSpending } from './record-spending.ts';
import { withMemory } from './rig-memory.ts';
import { roleForConvoy } from './rig-roles.ts';
import { toolsOfRole } from './tools-of-role.ts';

export interface SessionPlan {
  readonly id: string;
  readonly role: RoleName;
  /** As people see it: `mayor`, `polecat:token bucket`. */
  readonly actor: string;
  readonly convoy: StreamId;
  readonly bead: number | null;
  readonly attempt: number | null;
  readonly briefing: string;
  /** It talks with a person, and waits for their next words. */
  readonly interactive?: boolean;
  /** All tools that this place in the town offers; the role's file picks among them. */
  readonly offered: readonly Tool[];
  /** Said once to a session that stops without having concluded its work. Default what its role's file says. */
  readonly reminder?: string;
  /** Whether there is anything left to be reminded of. Default: always. */
  readonly unfinished?: () => boolean;
}

/** Runs (or goes on with) a session of a role for a convoy, and settles what it cost, however it stops. */
export async function holdSession(town: Town, plan: SessionPlan, signal: AbortSignal): Promise<SessionStop> {
  const role = await roleForConvoy(town, plan.convoy, plan.role);
  const limits = limitsOfRole(role);
  const reminder = plan.reminder ?? role.reminder ?? null;
  const { unfinished = () => true } = plan;
  const spec = {
    ...limits,
    id: plan.id,
    role: plan.role,
    actor: plan.actor,
    convoy: plan.convoy,
    bead: plan.bead,
    attempt: plan.attempt,
    models: modelsOf(town, role),
    briefing: await withMemory(town, plan),
    interactive: plan.interactive === true,
    tools: toolsOfRole(role, plan.offered),
    reminder: () => (unfinished() ? reminder : null),
  };
  const deps = { ...town, budget: convoyBudget(town, plan.convoy) };
  await askForAllowance(town, plan.convoy, plan.id);
  for (;;) {
    const stop = await runAndSettle(town, plan, () => runSession(deps, spec, signal));
    if (stop.status !== 'suspended' || stop.tool !== budgetCall) {
      if (stop.status === 'ended') await giveBack(town, plan.convoy, plan.id);
      return stop;
    }
    if (!(await waitForAllowance(town, plan.convoy, plan.id, signal))) return { status: 'interrupted' };
    await resumeSession(town, plan.id, { callId: stop.callId, result: 'The budget was raised: go on.' });
  }
}

async function runAndSettle(
  town: Town,
  plan: SessionPlan,
  run: () => Promise<SessionStop>,
): Promise<SessionStop> {
  try {
    return await run();
  } finally {
    await recordSpending(town, plan.convoy, { session: plan.id, role: plan.role, bead: plan.bead });
  }
}

/** What the town was started with comes before what a file says, and a rig's file before the town's own. */
function modelsOf(town: Town, role: Role): readonly [string, ...string[]] {
  const own = town.roles.get(role.name)?.models ?? [];
  const chosen = town.models[role.name];
  const isDefault = chosen.length === own.length && chosen.every((model, index) => model === own[index]);
  return isDefault ? role.models : chosen;
}
