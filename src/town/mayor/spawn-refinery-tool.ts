import { z } from 'zod';
import { defineTool, failure, type Tool } from '../../agent/tool.ts';
import { askRefine } from '../../domain/convoy/decisions/ask-refine.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import type { Awaiting } from './awaiting.ts';

const parameters = z.object({
  guidance: z.string().max(2000).default('').describe('what to look at most; may be left out'),
});

/**
 * `spawn_refinery`: has the Refinery look over what has landed so far, as `/refine` does, and answers with its verdict. Merging
 * needs no order: it begins with every closed bead, and a look over the whole comes by itself at the end.
 */
export function spawnRefineryTool(desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'spawn_refinery',
    description:
      'Have the Refinery look over the merged work now, before the end. Answers LANDED or ESCALATION with its report.',
    parameters,
    // It looks at what has landed, so what lands by other calls of the same reply is to be there.
    runsLast: () => true,
    run: async ({ guidance }) => {
      const asked = await desk.decide((state) => askRefine(state, { by: desk.actor, guidance }));
      if (asked.status === 'refused') return failure(asked.refusal.text);
      const waitingFor: Awaiting = { for: 'final-pass', ask: asked.state?.refineAsked.length ?? 0 };
      return { kind: 'suspend', waitingFor };
    },
  });
}
