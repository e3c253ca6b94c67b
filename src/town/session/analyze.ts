import type { Tool } from '../../agent/tool.ts';
import { createAnalyzeTool } from '../../agent/tools/analyze-tool.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import { holdSession } from './hold-session.ts';

/** `analyze`: an ephemeral, read-only session that sees what its caller sees. `seen` are the caller's own looking tools. */
export function analyzeTool(town: Town, desk: ConvoyDesk, seen: readonly Tool[]): Tool {
  let count = 0;
  return createAnalyzeTool({
    runAnalyst: async (task, context) => {
      count += 1;
      const plan = {
        id: town.newId(),
        role: 'analyst',
        actor: `analyst#${count}:${task.slice(0, 40)}`,
        convoy: desk.stream,
        bead: null,
        attempt: null,
        briefing: `Find this out for ${desk.actor}, and answer with a short report:\n\n${task}`,
        offered: seen,
      } as const;
      const stop = await holdSession(town, plan, context.signal);
      if (stop.status === 'ended' && stop.outcome === 'finished')
        return { status: 'reported', text: stop.text };
      const reason = stop.status === 'ended' ? `${stop.outcome} ${stop.detail}`.trim() : stop.status;
      return { status: 'failed', reason };
    },
  });
}
