import { randomUUID } from 'node:crypto';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { RoleName } from '../../domain/session/events.ts';
import { fenceForModel } from '../../domain/text/fence-for-model.ts';
import type { Town } from '../town.ts';

const bytesShown = 16 * 1024;

/** The rig's living memory, AGENTS.md, as it stands at a commit: what every role reads first. Null: there is none. */
export async function rigMemory(town: Town, convoy: Convoy, commit: string): Promise<string | null> {
  const store = await town.git.open(convoy.opened.repository.id);
  const bytes = await store.readFile(commit, 'AGENTS.md', bytesShown);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** Roles whose first message is made with the memory in its place. */
const haveIt: readonly RoleName[] = ['mayor', 'polecat', 'crew'];

/** A session's first message, with the rig's memory as it stands at the base commit below it where it isn't in it. */
export async function withMemory(
  town: Town,
  plan: { readonly role: RoleName; readonly convoy: StreamId; readonly briefing: string },
): Promise<string> {
  const { state } = town.ledger.load(plan.convoy, convoyFold);
  if (state === null || haveIt.includes(plan.role)) return plan.briefing;
  const memory = await rigMemory(town, state, state.opened.base.commit);
  if (memory === null) return plan.briefing;
  return `${plan.briefing}\n\nAGENTS.md:\n${fenceForModel('AGENTS.md', memory, randomUUID().slice(0, 8))}`;
}
