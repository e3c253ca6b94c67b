import { z } from 'zod';
import { answer, defineTool, type Tool } from '../../agent/tool.ts';
import { awaitReport, isAwaitOver } from '../../domain/convoy/await-beads.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import type { Awaiting } from './awaiting.ts';

const parameters = z.object({ timeout_seconds: z.int().min(1).max(86_400).default(3600) });

/** Suspends the session until every slung bead is settled. No process waits meanwhile, and nothing is polled. */
export function awaitBeadsTool(town: Town, desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'await_beads',
    description: 'Wait until every slung bead is settled. Answers one line for each.',
    parameters,
    repeatable: true,
    // In one reply with the slings that it is to wait for, it must see them all.
    runsLast: () => true,
    run: async ({ timeout_seconds }) => {
      const convoy = desk.convoy();
      if (isAwaitOver(convoy)) return answer(awaitReport(convoy, 'settled'));
      const until = new Date(town.clock().getTime() + timeout_seconds * 1000).toISOString();
      const waitingFor: Awaiting = { for: 'beads', until };
      return { kind: 'suspend', waitingFor };
    },
  });
}
