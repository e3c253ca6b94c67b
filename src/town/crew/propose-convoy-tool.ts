import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import { proposeConvoy } from '../../domain/convoy/decisions/propose-convoy.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';

const parameters = z.object({
  title: z.string(),
  body: z.string().describe('what shall be true afterwards, and how one sees that it is'),
});

/** Puts an order into words: it is shown as an issue, and starts nothing before a person labels that. */
export function proposeConvoyTool(desk: ConvoyDesk, name: string): Tool {
  return defineTool({
    name: 'propose_convoy',
    description: 'Propose an order as an issue of its own. People label it to have it done.',
    parameters,
    // The same words again propose nothing more.
    repeatable: true,
    run: async ({ title, body }) => {
      const result = await desk.decide((state) => proposeConvoy(state, { name, title, body }));
      if (result.status === 'refused') return failure(result.refusal.text);
      return answer('Proposed: it becomes an issue, which somebody labels `convoy` to start it.');
    },
  });
}
