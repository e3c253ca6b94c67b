import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import { holdWitness } from './hold-witness.ts';

/** `spawn_witness`: a read-only look at the convoy's health, which answers with a report. */
export function spawnWitnessTool(town: Town, desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'spawn_witness',
    description: 'Have a Witness check the health of the convoy. Answers GREEN, YELLOW or RED with reasons.',
    parameters: z.object({}),
    run: async (_, { signal }) => {
      const stop = await holdWitness(town, desk, town.newId(), async () => undefined, signal);
      if (stop.status === 'ended' && (stop.outcome === 'done' || stop.outcome === 'finished'))
        return answer(stop.text);
      return failure(
        `The Witness came to no report (${stop.status === 'ended' ? stop.outcome : stop.status}).`,
      );
    },
  });
}
