import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import { holdSession } from '../session/hold-session.ts';
import { beadList } from '../tools/bead-list.ts';
import { beadTool } from '../tools/bead-tool.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import { reportTool } from '../tools/report-tool.ts';
import type { Town } from '../town.ts';

const verdicts = ['GREEN', 'YELLOW', 'RED'] as const;

/** `spawn_witness`: a read-only look at the convoy's health, which answers with a report. */
export function spawnWitnessTool(town: Town, desk: ConvoyDesk, looking: readonly Tool[]): Tool {
  return defineTool({
    name: 'spawn_witness',
    description: 'Have a Witness check the health of the convoy. Answers GREEN, YELLOW or RED with reasons.',
    parameters: z.object({}),
    run: async (_, context) => {
      const accepted = async (): Promise<null> => null;
      const plan = {
        id: town.newId(),
        role: 'witness',
        actor: 'witness',
        convoy: desk.stream,
        bead: null,
        attempt: null,
        briefing: `Report on the health of this convoy. Its beads now:\n\n${beadList(desk.convoy())}`,
        offered: [...looking, beadTool(desk, 'witness'), reportTool(verdicts, accepted)],
      } as const;
      const stop = await holdSession(town, plan, context.signal);
      if (stop.status === 'ended' && (stop.outcome === 'done' || stop.outcome === 'finished'))
        return answer(stop.text);
      return failure(
        `The Witness came to no report (${stop.status === 'ended' ? stop.outcome : stop.status}).`,
      );
    },
  });
}
