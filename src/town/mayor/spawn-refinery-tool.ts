import { z } from 'zod';
import { answer, defineTool, type Tool } from '../../agent/tool.ts';
import { isWaitingToLand } from '../../domain/bead/derive.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';

/** `spawn_refinery`: how the merge queue stands. The Refinery itself starts with every closed bead, and looks over the whole at the end. */
export function spawnRefineryTool(desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'spawn_refinery',
    description:
      'How the merge queue stands. The Refinery works by itself as beads close, and once over the whole.',
    parameters: z.object({}),
    run: async () => {
      const convoy = desk.convoy();
      const beads = [...convoy.beads.values()];
      const queue = beads.filter(isWaitingToLand).map((bead) => bead.number);
      const landed = beads.filter((bead) => bead.landedAs !== null).map((bead) => bead.number);
      const red = convoy.red ? ` The last verification was red:\n${convoy.red.outputTail.slice(-2000)}` : '';
      return answer(`In the queue: ${list(queue)}. Landed: ${list(landed)}.${red}`);
    },
  });
}

const list = (numbers: readonly number[]): string => (numbers.length === 0 ? 'none' : numbers.join(', '));
