import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import { workspaceTools } from '../../agent/tools/workspace-tools.ts';
import { startRequest } from '../dispatch/start-sandbox.ts';
import { analyzeTool } from '../session/analyze.ts';
import { holdSession } from '../session/hold-session.ts';
import { beadTool } from '../tools/bead-tool.ts';
import { type ConvoyDesk, convoyDesk } from '../tools/convoy-desk.ts';
import { rememberTool } from '../tools/remember-tool.ts';
import type { Town } from '../town.ts';

/** `spawn_crew`: a crew member explores or designs in a container of its own, and answers; what it would change, it files as beads. */
export function spawnCrewTool(town: Town, desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'spawn_crew',
    description:
      'Ask a crew member to explore or design something. Its files are not kept: it files beads for work.',
    parameters: z.object({ name: z.string().min(1).max(40), task: z.string().min(1) }),
    run: async ({ name, task }, context) => {
      const session = town.newId();
      const own = convoyDesk(town, desk.stream, { actor: `crew:${name}`, session });
      const convoy = own.convoy();
      const labels = { purpose: `crew ${name}`, session };
      const sandbox = await town.sandboxes.start(await startRequest(town, convoy, convoy.head, labels));
      try {
        const tools = workspaceTools(sandbox);
        const plan = {
          id: session,
          role: 'crew',
          actor: own.actor,
          convoy: desk.stream,
          bead: null,
          attempt: null,
          briefing: `You are ${name}. The Mayor asks:\n\n${task}`,
          offered: [...tools, beadTool(own, 'crew'), rememberTool(own, null), analyzeTool(town, own, tools)],
        } as const;
        const stop = await holdSession(town, plan, context.signal);
        if (stop.status === 'ended' && stop.outcome === 'finished') return answer(stop.text);
        return failure(
          `${name} came to no answer (${stop.status === 'ended' ? stop.outcome : stop.status}).`,
        );
      } finally {
        await sandbox.remove();
      }
    },
  });
}
