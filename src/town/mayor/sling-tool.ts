import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import { undeliveredNeeds } from '../../domain/bead/derive.ts';
import { slingBead } from '../../domain/convoy/decisions/sling-bead.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';

const parameters = z.object({
  bead: z.int().positive(),
  topic: z.string().describe('a short label, as people will see it'),
});

/** Orders a bead and returns at once; a bead whose needs have not landed starts the moment they have. */
export function slingTool(desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'sling',
    description:
      'Order a bead worked by a polecat. Returns at once; sling all independent beads in one response.',
    parameters,
    run: async ({ bead, topic }) => {
      const result = await desk.decide((state) => slingBead(state, { bead, topic }));
      if (result.status === 'refused') return failure(result.refusal.text);
      const { beads } = desk.convoy();
      const slung = beads.get(bead);
      const missing = slung ? undeliveredNeeds(beads, slung) : [];
      const when = missing.length === 0 ? 'starts now' : `starts when ${missing.join(', ')} landed`;
      return answer(`[${bead}] ${slung?.title ?? ''} → slung to polecat:${topic}, ${when}`);
    },
  });
}
